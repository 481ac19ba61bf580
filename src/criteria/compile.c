#include "criteria/edition.h"

#include "base/buf.h"

struct compiler {
    struct arena *arena;
    const struct document *document;
    const struct vocabulary *vocabulary;
    struct diags *diags;
    struct edition *edition;
    uint64_t *columns;
    const struct edition_node **aggregates;
    size_t aggregate_count, aggregate_room;
    size_t expanded; /* nodes and selections so far, terms expanded */
    bool too_large;
    bool judged; /* a judged node was seen in the requirement at hand */
};

bool node_is_aggregate(enum node_kind kind)
{
    return kind == NODE_COUNT || kind == NODE_DISTINCT || kind == NODE_SUM || kind == NODE_COVERED;
}

bool node_reads_records(enum node_kind kind)
{
    return node_is_aggregate(kind) || kind == NODE_SINCE;
}

const struct requirement *edition_requirement(const struct edition *edition, struct str id)
{
    for (size_t i = 0; i < edition->requirement_count; i++)
        if (str_eq(edition->requirements[i].id, id))
            return &edition->requirements[i];
    return NULL;
}

bool kind_field_bits(const struct kind *kind, size_t field, unsigned *ret_first,
                     unsigned *ret_unknown, unsigned *ret_other)
{
    unsigned next = 1;
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *f = &kind->fields[i];
        if (f->type != FIELD_OF && f->type != FIELD_ORDERED)
            continue;
        size_t bits = f->values.count + 2;
        if (next + bits > 64) {
            if (i == field)
                return false;
            continue;
        }
        if (i == field) {
            *ret_first = next;
            *ret_unknown = next + (unsigned)f->values.count;
            *ret_other = *ret_unknown + 1;
            return true;
        }
        next += (unsigned)bits;
    }
    return false;
}

/* Counts one more thing compiled; a text whose terms multiply past the limit is given up. */
static bool compiler_step(struct compiler *c, struct span span)
{
    if (++c->expanded <= CRITERIA_NODES_MAX)
        return true;
    if (!c->too_large)
        diags_add(c->diags, SEVERITY_ERROR, span,
                  STR("write fewer conditions, or terms that build less upon one another"),
                  "the document has more than %d conditions once its terms are expanded",
                  CRITERIA_NODES_MAX);
    c->too_large = true;
    return false;
}

static struct str_list sorted_words(struct arena *arena, const struct word_list *words)
{
    struct str *at = ARENA_ARRAY(arena, words->count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++) {
        struct str text = words->at[i].text;
        size_t place = 0;
        while (place < count && str_cmp(at[place], text) < 0)
            place++;
        if (place < count && str_eq(at[place], text))
            continue;
        for (size_t k = count; k > place; k--)
            at[k] = at[k - 1];
        at[place] = text;
        count++;
    }
    return (struct str_list){ at, count };
}

static void ask_column(struct compiler *c, size_t kind, size_t field)
{
    unsigned first, unknown, other;
    bool in_row = field == FIELD_MATTER || field == FIELD_HOURS ||
                  kind_field_bits(&c->vocabulary->kinds[kind], field, &first, &unknown, &other);
    if (!in_row)
        c->columns[kind] |= (uint64_t)1 << field;
}

static size_t field_index(const struct kind *kind, struct str name)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (str_eq(kind->fields[i].name, name))
            return i;
    BUG("field %.*s was not checked", STR_ARG(name));
}

static int64_t level_index(const struct field *field, struct str level)
{
    for (size_t i = 0; i < field->values.count; i++)
        if (str_eq(field->values.at[i], level))
            return (int64_t)i;
    BUG("level %.*s was not checked", STR_ARG(level));
}

static struct own_test compile_own(struct compiler *c, size_t kind_index,
                                   const struct clause *clause)
{
    const struct kind *kind = &c->vocabulary->kinds[kind_index];
    size_t index = field_index(kind, clause->field.text);
    const struct field *field = &kind->fields[index];
    struct own_test test = { .field = (uint16_t)index, .negated = clause->negated };
    ask_column(c, kind_index, index);

    if (clause->kind == CLAUSE_AT_LEAST) {
        test.at_least = true;
        test.least = clause->values.count ? level_index(field, clause->values.at[0].text)
                                          : quantity_value(clause->quantity);
        if (field->type != FIELD_ORDERED)
            return test;
    } else {
        test.values = sorted_words(c->arena, &clause->values);
    }
    for (size_t i = 0; i < field->values.count; i++) {
        bool listed = test.at_least ? (int64_t)i >= test.least
                                    : str_list_has(test.values, field->values.at[i]);
        if (listed != test.negated)
            test.allowed |= (uint64_t)1 << i;
    }
    unsigned first, unknown, other;
    if (kind_field_bits(kind, index, &first, &unknown, &other)) {
        for (unsigned i = 0; i < field->values.count; i++)
            if (!(test.allowed >> i & 1))
                test.no |= (uint64_t)1 << (first + i);
        if (!test.negated)
            test.no |= (uint64_t)1 << other;
        test.unsure = (uint64_t)1 << unknown;
    }
    return test;
}

/* The clauses of a term, or NULL when the name is a kind's. */
static const struct clause_list *term_clauses(const struct compiler *c, struct str name,
                                              struct str *ret_record)
{
    for (size_t i = 0; i < c->document->items.count; i++) {
        const struct item *item = &c->document->items.at[i];
        if (item->kind == ITEM_TERM && str_eq(item->word.text, name)) {
            *ret_record = item->record.text;
            return &item->clauses;
        }
    }
    const struct vocabulary_term *term = vocabulary_term(c->vocabulary, name);
    if (!term)
        return NULL;
    *ret_record = term->record;
    return term->clauses;
}

struct selecting {
    struct selection *selection;
    struct own_test *own;
    size_t own_count, own_room;
    struct programme_test *programmes;
    size_t programme_count, programme_room;
    struct selection *after;
    size_t after_count, after_room;
};

static void compile_selection(struct compiler *c, const struct word *record,
                              const struct clause_list *clauses, struct selection *ret);

static void select_clause(struct compiler *c, struct selecting *s, const struct clause *clause)
{
    struct selection *selection = s->selection;
    switch (clause->kind) {
    case CLAUSE_IN:
    case CLAUSE_AT_LEAST:
        *ARENA_PUSH(c->arena, s->own, s->own_count, s->own_room) =
            compile_own(c, selection->kind_index, clause);
        break;
    case CLAUSE_WITHIN:
        if (!selection->within || clause->duration.months < selection->within)
            selection->within = clause->duration.months;
        break;
    case CLAUSE_FROM:
        if (clause->date > selection->from)
            selection->from = clause->date;
        break;
    case CLAUSE_UNTIL:
    case CLAUSE_BEFORE: {
        day last = clause->kind == CLAUSE_BEFORE ? clause->date - 1 : clause->date;
        if (last < selection->to)
            selection->to = last;
        break;
    }
    case CLAUSE_IN_CYCLE:
        selection->in_cycle = true;
        break;
    case CLAUSE_PROGRAMME:
        *ARENA_PUSH(c->arena, s->programmes, s->programme_count, s->programme_room) =
            (struct programme_test){ sorted_words(c->arena, &clause->values), clause->when };
        ask_column(c, selection->kind_index, FIELD_PROGRAMME);
        break;
    case CLAUSE_AFTER_FIRST: {
        struct selection first;
        compile_selection(c, &clause->record, &clause->body, &first);
        *ARENA_PUSH(c->arena, s->after, s->after_count, s->after_room) = first;
        break;
    }
    case CLAUSE_WEIGH:
    case CLAUSE_LIMIT:
    case CLAUSE_ALSO:
        break; /* of the aggregate, not of what a record must be */
    }
}

/* Follows terms down to the kind, then adds the clauses of each from the innermost outward. */
static void select_term(struct compiler *c, struct selecting *s, struct str name, struct span span)
{
    if (!compiler_step(c, span))
        return;
    struct str record;
    const struct clause_list *clauses = term_clauses(c, name, &record);
    if (!clauses) {
        const struct kind *kind = vocabulary_kind(c->vocabulary, name);
        BUG_IF(!kind);
        s->selection->kind = kind;
        s->selection->kind_index = (uint16_t)(kind - c->vocabulary->kinds);
        return;
    }
    select_term(c, s, record, span);
    if (c->too_large)
        return;
    for (size_t i = 0; i < clauses->count; i++)
        select_clause(c, s, &clauses->at[i]);
}

static void compile_selection(struct compiler *c, const struct word *record,
                              const struct clause_list *clauses, struct selection *ret)
{
    *ret = (struct selection){ .written = record->text, .from = DAY_FIRST, .to = DAY_LAST };
    struct selecting s = { .selection = ret };
    select_term(c, &s, record->text, record->span);
    if (c->too_large)
        return;
    for (size_t i = 0; i < clauses->count; i++)
        select_clause(c, &s, &clauses->at[i]);

    /* Those that ask a column come first, so that the evaluator stops at `asked`. */
    struct own_test *own = ARENA_ARRAY(c->arena, s.own_count, struct own_test);
    size_t count = 0;
    for (size_t i = 0; i < s.own_count; i++)
        if (!(s.own[i].no | s.own[i].unsure))
            own[count++] = s.own[i];
    ret->asked = count;
    for (size_t i = 0; i < s.own_count; i++) {
        if (!(s.own[i].no | s.own[i].unsure))
            continue;
        own[count++] = s.own[i];
        ret->no |= s.own[i].no;
        ret->unsure |= s.own[i].unsure;
    }
    ret->own = own;
    ret->own_count = count;
    ret->programmes = s.programmes;
    ret->programme_count = s.programme_count;
    ret->after_first = s.after;
    ret->after_first_count = s.after_count;
}

static void compile_limits(struct compiler *c, size_t kind, const struct clause_list *clauses,
                           const struct limit **ret, size_t *ret_count)
{
    struct limit *limits = NULL;
    size_t count = 0, room = 0;
    for (size_t i = 0; i < clauses->count; i++) {
        const struct clause *clause = &clauses->at[i];
        if (clause->kind != CLAUSE_LIMIT || !compiler_step(c, clause->span))
            continue;
        struct limit limit = { .most = quantity_value(clause->quantity) };
        if (clause->each.text.p) {
            limit.each = true;
            limit.each_field =
                (uint16_t)field_index(&c->vocabulary->kinds[kind], clause->each.text);
            ask_column(c, kind, limit.each_field);
        }
        if (clause->own) {
            limit.filtered = true;
            limit.own = compile_own(c, kind, clause->own);
        }
        compile_limits(c, kind, &clause->body, &limit.inner, &limit.inner_count);
        *ARENA_PUSH(c->arena, limits, count, room) = limit;
    }
    *ret = limits;
    *ret_count = count;
}

static void compile_aggregate(struct compiler *c, const struct node *source,
                              struct edition_node *node)
{
    compile_selection(c, &source->record, &source->body, &node->selection);
    if (c->too_large)
        return;
    size_t kind = node->selection.kind_index;
    if (node->kind == NODE_SUM || node->kind == NODE_DISTINCT) {
        node->field = (uint16_t)field_index(node->selection.kind, source->field.text);
        ask_column(c, kind, node->field);
    }
    struct weight *weights = NULL;
    size_t room = 0;
    for (size_t i = 0; i < source->body.count; i++) {
        const struct clause *clause = &source->body.at[i];
        if (clause->kind == CLAUSE_WEIGH) {
            *ARENA_PUSH(c->arena, weights, node->weight_count, room) =
                (struct weight){ clause->percent, compile_own(c, kind, clause->own) };
        } else if (clause->kind == CLAUSE_ALSO) {
            struct also *also = ARENA_NEW(c->arena, struct also);
            also->most = clause->need;
            compile_selection(c, &clause->record, &clause->body, &also->selection);
            node->also = also;
        }
    }
    node->weights = weights;
    compile_limits(c, kind, &source->body, &node->limits, &node->limit_count);
    if (node_is_aggregate(node->kind)) {
        node->aggregate = (uint16_t)c->aggregate_count;
        *ARENA_PUSH(c->arena, c->aggregates, c->aggregate_count, c->aggregate_room) = node;
    }
}

static struct str_list words_in_order(struct arena *arena, const struct word_list *words)
{
    struct str *at = ARENA_ARRAY(arena, words->count, struct str);
    for (size_t i = 0; i < words->count; i++)
        at[i] = words->at[i].text;
    return (struct str_list){ at, words->count };
}

static void compile_node(struct compiler *c, const struct node *source, struct str id,
                         struct edition_node *node);

static const struct edition_node *compile_children(struct compiler *c,
                                                   const struct node_list *nodes, struct str id)
{
    struct edition_node *children = ARENA_ARRAY(c->arena, nodes->count, struct edition_node);
    for (size_t i = 0; i < nodes->count && !c->too_large; i++)
        compile_node(c, &nodes->at[i], str_format(c->arena, "%.*s.%zu", STR_ARG(id), i + 1),
                     &children[i]);
    return children;
}

/* The question in the document's authoritative language: the node's own text. */
static void compile_node(struct compiler *c, const struct node *source, struct str id,
                         struct edition_node *node)
{
    if (!compiler_step(c, source->span))
        return;
    node->kind = source->kind;
    node->source = source;
    node->id = id;
    node->need = source->kind == NODE_SUM ? quantity_value(source->quantity) : source->need;
    switch (source->kind) {
    case NODE_ALL:
    case NODE_ANY:
    case NODE_SEPARATELY:
    case NODE_AT_LEAST:
        break;
    case NODE_EACH:
        node->slice_months = source->duration.months;
        node->last_months = source->of_last.months;
        break;
    case NODE_COUNT:
    case NODE_DISTINCT:
    case NODE_SUM:
    case NODE_COVERED:
    case NODE_SINCE:
        compile_aggregate(c, source, node);
        break;
    case NODE_HOLDS:
        node->names = words_in_order(c->arena, &source->names);
        node->ever = source->ever;
        node->on = source->on;
        node->issued_before = source->issued_before;
        node->months = source->duration.months;
        break;
    case NODE_DECLARED:
        node->statement = source->field.text;
        node->edition = source->edition;
        node->edition_current = source->edition_current;
        node->months = source->duration.months;
        break;
    case NODE_AGE:
        break;
    case NODE_JUDGED:
        node->question = source->question;
        node->body = source->judge.text;
        c->judged = true;
        break;
    }
    node->child_count = source->children.count;
    node->children = compile_children(c, &source->children, id);
}

/* The nodes of a block as one: itself where it is single, else all of them. */
static const struct edition_node *compile_block(struct compiler *c, const struct node_list *nodes,
                                                struct str id)
{
    const struct edition_node *children = compile_children(c, nodes, id);
    if (nodes->count == 1)
        return children;
    struct edition_node *all = ARENA_NEW(c->arena, struct edition_node);
    all->kind = NODE_ALL;
    all->id = id;
    all->children = children;
    all->child_count = nodes->count;
    return all;
}

static size_t count_parts(const struct part_list *parts, enum part_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++)
        count += parts->at[i].kind == kind;
    return count;
}

static const struct edition_node *compile_rule(struct compiler *c, const struct item *item)
{
    struct node_list nodes = { 0 };
    for (size_t i = 0; i < item->parts.count; i++)
        if (item->parts.at[i].kind == PART_NODE)
            *ARENA_PUSH(c->arena, nodes.at, nodes.count, nodes.room) = item->parts.at[i].node;
    return compile_block(c, &nodes, item->word.text);
}

static void compile_exemption(struct compiler *c, struct str id, const struct part *part,
                              struct exemption *ret)
{
    struct str place = str_format(c->arena, "%.*s.%.*s", STR_ARG(id), STR_ARG(part->id.text));
    ret->id = part->id.text;
    ret->label = part->text.text;
    ret->when = compile_block(c, &part->when, place);
    if (part->has_instead)
        ret->instead =
            compile_block(c, &part->instead, str_format(c->arena, "%.*s.instead", STR_ARG(place)));
}

static void compile_discretion(struct compiler *c, struct str id, const struct part *part,
                               struct discretion *ret)
{
    ret->body = part->body.text;
    ret->extend_until = DAY_NONE;
    for (size_t i = 0; i < part->grants.count; i++) {
        const struct grant *grant = &part->grants.at[i];
        switch (grant->kind) {
        case GRANT_WAIVE:
            ret->waive = true;
            ret->reasons = sorted_words(c->arena, &grant->reasons);
            break;
        case GRANT_ADMIT:
            ret->admit = true;
            break;
        case GRANT_EXTEND:
            ret->extend_until = grant->date;
            break;
        case GRANT_FLOOR:
            ret->floor = compile_block(
                c, &grant->block,
                str_format(c->arena, "%.*s.floor-%.*s", STR_ARG(id), STR_ARG(part->body.text)));
            break;
        }
    }
}

/* Aggregates are numbered as a case counts them: the rule's first, then those of exemptions,
   referrals and floors. */
static void compile_requirement(struct compiler *c, const struct item *item,
                                struct requirement *ret)
{
    ret->id = item->word.text;
    ret->label = item->text.text;
    ret->source = item;
    ret->aggregates = (uint16_t)c->aggregate_count;
    c->judged = false;
    ret->rule = compile_rule(c, item);

    struct exemption *exemptions =
        ARENA_ARRAY(c->arena, count_parts(&item->parts, PART_EXEMPT), struct exemption);
    struct referral *referrals =
        ARENA_ARRAY(c->arena, count_parts(&item->parts, PART_REFER), struct referral);
    struct discretion *discretions =
        ARENA_ARRAY(c->arena, count_parts(&item->parts, PART_DISCRETION), struct discretion);
    for (size_t i = 0; i < item->parts.count; i++)
        if (item->parts.at[i].kind == PART_EXEMPT)
            compile_exemption(c, ret->id, &item->parts.at[i], &exemptions[ret->exemption_count++]);
    ret->judged = c->judged;
    for (size_t i = 0; i < item->parts.count; i++) {
        const struct part *part = &item->parts.at[i];
        if (part->kind != PART_REFER)
            continue;
        struct referral *referral = &referrals[ret->referral_count++];
        referral->body = part->body.text;
        referral->when = compile_block(
            c, &part->when,
            str_format(c->arena, "%.*s.refer-%.*s", STR_ARG(ret->id), STR_ARG(part->body.text)));
    }
    for (size_t i = 0; i < item->parts.count; i++)
        if (item->parts.at[i].kind == PART_DISCRETION)
            compile_discretion(c, ret->id, &item->parts.at[i],
                               &discretions[ret->discretion_count++]);
    ret->exemptions = exemptions;
    ret->referrals = referrals;
    ret->discretions = discretions;
    ret->aggregate_count = (uint16_t)(c->aggregate_count - ret->aggregates);
}

static void compile_transition(struct compiler *c, const struct item *item, struct transition *ret)
{
    ret->name = item->word.text.p ? item->word.text : c->document->name.text;
    ret->edition = item->edition;
    struct transition_rule *rules =
        ARENA_ARRAY(c->arena, item->rules.count, struct transition_rule);
    for (size_t i = 0; i < item->rules.count; i++) {
        const struct rule *rule = &item->rules.at[i];
        rules[i].kind = rule->kind;
        rules[i].from = rule->from == DAY_NONE ? DAY_FIRST : rule->from;
        rules[i].until = rule->until;
        if (rule->kind == RULE_ACCEPT_STARTED) {
            rules[i].started.started_before = rule->from;
            rules[i].started.months = rule->duration.months;
            compile_selection(c, &rule->record, &rule->body, &rules[i].started.selection);
        }
    }
    ret->rules = rules;
    ret->rule_count = item->rules.count;
}

/* A text of the document in its own language. */
static void take_text(const struct edition *edition, const struct item *item, struct str *text)
{
    if (!item->text.lang.p || str_eq(item->text.lang, edition->language))
        *text = item->text.text;
}

static void compile_open(const struct item *item, struct edition *edition)
{
    if (item->from != DAY_NONE)
        edition->open_from = item->from;
    if (item->until != DAY_NONE)
        edition->open_until = item->until_exclusive ? item->until - 1 : item->until;
}

static void compile_facts(const struct item *item, struct edition *edition)
{
    switch (item->kind) {
    case ITEM_TITLE:
        take_text(edition, item, &edition->title);
        break;
    case ITEM_AUDIENCE:
        take_text(edition, item, &edition->audience);
        break;
    case ITEM_ROUTE:
        take_text(edition, item, &edition->route);
        break;
    case ITEM_GROUP:
        edition->group = item->word.text;
        break;
    case ITEM_OWNER:
        edition->owner = item->word.text;
        break;
    case ITEM_OPEN:
        compile_open(item, edition);
        break;
    case ITEM_IN_FORCE:
        edition->in_force_from = item->from;
        break;
    case ITEM_VALID:
        edition->valid = true;
        edition->valid_months = item->duration.months;
        edition->grace_months = item->grace.months;
        edition->renew_months = item->renew.months;
        break;
    case ITEM_CYCLE:
        edition->cycle_months = item->duration.months;
        edition->anchor = item->word.text;
        edition->anchor_month = item->month;
        edition->anchor_mday = item->mday;
        break;
    case ITEM_TIGHTENS:
        edition->tightens = item->word.text;
        edition->tightens_edition = item->edition;
        break;
    default:
        break; /* compiled elsewhere, or only for readers */
    }
}

static size_t count_items(const struct document *document, enum item_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < document->items.count; i++)
        count += document->items.at[i].kind == kind;
    return count;
}

static void compile_items(struct compiler *c, struct edition *edition)
{
    const struct document *document = c->document;
    struct requirement *requirements =
        ARENA_ARRAY(c->arena, count_items(document, ITEM_REQUIRE), struct requirement);
    struct bar *bars = ARENA_ARRAY(c->arena, count_items(document, ITEM_BAR), struct bar);
    struct transition *transitions =
        ARENA_ARRAY(c->arena, count_items(document, ITEM_TRANSITION), struct transition);
    edition->requirements = requirements;
    edition->bars = bars;
    edition->transitions = transitions;

    for (size_t i = 0; i < document->items.count && !c->too_large; i++) {
        const struct item *item = &document->items.at[i];
        compile_facts(item, edition);
        if (item->kind == ITEM_REQUIRE) {
            compile_requirement(c, item, &requirements[edition->requirement_count++]);
        } else if (item->kind == ITEM_BAR) {
            struct bar *bar = &bars[edition->bar_count++];
            bar->id = item->word.text;
            bar->label = item->text.text;
            bar->source = item;
            bar->refuse = item->refuse;
            bar->rule = compile_block(c, &item->nodes, bar->id);
        } else if (item->kind == ITEM_TRANSITION) {
            compile_transition(c, item, &transitions[edition->transition_count++]);
        }
    }
}

struct edition *edition_compile(struct arena *arena, const struct document *document,
                                const struct vocabulary *vocabulary, struct diags *diags)
{
    struct edition *edition = ARENA_NEW(arena, struct edition);
    struct compiler c = { .arena = arena,
                          .document = document,
                          .vocabulary = vocabulary,
                          .diags = diags,
                          .edition = edition };
    c.columns = ARENA_ARRAY(arena, vocabulary->kind_count, uint64_t);
    edition->name = document->name.text;
    edition->number = document->edition;
    edition->document = document;
    edition->vocabulary = vocabulary;
    edition->language = STR("en");
    edition->open_from = edition->in_force_from = DAY_FIRST;
    edition->open_until = DAY_LAST;
    for (size_t i = 0; i < document->items.count; i++)
        if (document->items.at[i].kind == ITEM_LANGUAGE)
            edition->language = document->items.at[i].word.text;

    compile_items(&c, edition);
    edition->columns = c.columns;
    edition->aggregates = c.aggregates;
    edition->aggregate_count = c.aggregate_count;
    return c.too_large ? NULL : edition;
}

bool edition_term(struct arena *arena, const struct edition *edition, const struct item *term,
                  struct selection *ret)
{
    const struct clause_list none = { 0 };
    struct selection selection;
    struct diags diags;
    struct compiler c = { .arena = arena,
                          .document = edition->document,
                          .vocabulary = edition->vocabulary,
                          .diags = &diags };
    diags_init(&diags, arena);
    c.columns = ARENA_ARRAY(arena, edition->vocabulary->kind_count, uint64_t);
    compile_selection(&c, &term->word, &none, &selection);
    if (c.too_large)
        return false;
    *ret = selection;
    return true;
}
