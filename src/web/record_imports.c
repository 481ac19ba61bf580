/* Many entries at once, from a spreadsheet: what it would bring, bringing it, and taking it back
   (record.h). */
#include "base/attr.h"
#include "base/buf.h"
#include "http/error.h"
#include "register/import.h"
#include "web/record_entry.h"
#include "web/standing_sent.h"

#define PATH "/record/imports"
#define ROWS_SHOWN 300                     /* of a preview */
#define FAULTS_SHOWN 200                   /* the same */
#define KEPT_MAX ((size_t)2 * 1024 * 1024) /* letters of a packed file in a page */
#define IMPORTS_SHOWN 100

static const struct error NO_FILE = { "no-file", 422, EXIT_INPUT,
                                      "choose a file: a spreadsheet saved as CSV, or JSON" };
static const struct error BAD_FILE = {
    "file", 422, EXIT_INPUT, "the file as a whole cannot be read: its faults stand below"
};
static const struct error BAD_ROWS = { "rows", 422, EXIT_INPUT,
                                       "name rows of the file, as in 2-40, 57" };
static const struct error NO_ROWS = { "no-rows", 422, EXIT_INPUT,
                                      "none of the rows that were chosen can be added" };

/* ---- the shapes ---- */

static const char *const state_words[] = { "open", "done", "undoing", "undone", NULL };
static const struct shape state_shape = { .kind = IS_WORD, .words = state_words };

static const struct shape_member import_members[] = {
    { "id", &shape_int, false, "The number of the import" },
    { "name", &shape_text, false, "The name of the file" },
    { "state", &state_shape, false, "open: it was broken off" },
    { "rows", &shape_int, false, "How many rows were chosen" },
    { "added", &shape_int, false, "How many entries it brought" },
    { "sha256", &shape_text, false, "The SHA-256 of the file" },
    { 0 },
};
static const struct shape import_shape = { .kind = IS_OBJECT,
                                           .name = "RecordImport",
                                           .members = import_members };
static const struct shape imports_shape = { .kind = IS_LIST, .item = &import_shape };

static const char *const row_words[] = { "new", "like", "faulty", "left-out", NULL };
static const struct shape row_word_shape = { .kind = IS_WORD, .words = row_words };
static const struct shape_member row_members[] = {
    { "row", &shape_int, false, "Its number in the file" },
    { "is", &row_word_shape, false,
      "Whether it can be added, and looks new; left-out: its own standing says that it counts for "
      "nothing" },
    { "says", &record_says_shape, true, "What it says; null for one that is faulty" },
    { "likeness", &shape_text, true, "Why somebody should look whether it is there already" },
    { "entry", &shape_int, true, "The entry that it is like" },
    { "like_row", &shape_int, true, "The earlier row that it is like" },
    { 0 },
};
static const struct shape row_shape = { .kind = IS_OBJECT,
                                        .name = "RecordImportRow",
                                        .members = row_members };
static const struct shape rows_shape = { .kind = IS_LIST, .item = &row_shape };

static const struct shape_member fault_members[] = {
    { "row", &shape_int, true, "The row of the file" },
    { "column", &shape_text, true, "The heading of the column" },
    { "message", &shape_text, false, "What is wrong" },
    { "hint", &shape_text, true, "What to do" },
    { 0 },
};
static const struct shape fault_shape = { .kind = IS_OBJECT,
                                          .name = "RecordImportFault",
                                          .members = fault_members };
static const struct shape file_faults_shape = { .kind = IS_LIST, .item = &fault_shape };

static const struct shape_member preview_members[] = {
    { "name", &shape_text, false, "The name of the file" },
    { "kept", &shape_text, true,
      "The file, packed, for the form to carry on; null where it is too large and has to be chosen "
      "again" },
    { "count", &shape_int, false, "How many rows there are" },
    { "good", &shape_int, false, "How many can be added" },
    { "any", &shape_bool, false, "Whether there are such" },
    { "whole", &shape_bool, false, "Whether the file as a whole could be read" },
    { "likes", &shape_int, true,
      "How many of these look like something that is there already; null here and below: none" },
    { "faulty", &shape_int, false, "How many cannot be added" },
    { "left_out", &shape_int, true,
      "How many are left out, since they say that they do not count" },
    { "confirmed", &shape_int, true,
      "How many of the good are said to be verified: they become claims" },
    { "fault_count", &shape_int, true, "How many faults there are, shown or not" },
    { "file_faults", &file_faults_shape, false, "What is wrong in which row" },
    { "rows", &rows_shape, false, "The first rows" },
    { "more", &shape_int, true, "How many rows there are beyond those" },
    { 0 },
};
static const struct shape preview_shape = { .kind = IS_OBJECT,
                                            .name = "RecordImportPreview",
                                            .members = preview_members };

static const char *const which_words[] = { "new", "all", "some", NULL };
static const struct shape which_shape = { .kind = IS_WORD, .words = which_words };

static const struct shape_member members[] = {
    RECORD_MEMBERS,
    { "imports", &imports_shape, false, "What was brought so far, the latest first" },
    { "preview", &preview_shape, true, "What the file would bring; null: none was sent" },
    { "which", &which_shape, false, "Which rows are chosen" },
    { "rows_chosen", &shape_text, false, "The rows that are chosen, where it is some" },
    { "some", &shape_bool, false, "Whether anything was brought before" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_imports_shape = { .kind = IS_OBJECT,
                                            .name = "RecordImports",
                                            .members = members };

const struct route_field record_imports_fields[] = {
    { "do", "import: add the rows; anything else: show what the file would bring", false, false },
    { "file", "a logbook, CSV or JSON: in JSON, an object { name, text }", true, true },
    { "text", "the same, pasted", false, false },
    { "which",
      "new: rows that look like nothing there (if nothing is said); all: whatever can be "
      "added; some: those of `rows`",
      false, false },
    { "rows", "numbers of rows, as in 2-40, 57", false, false },
    { 0 },
};

static const struct shape_member one_members[] = {
    RECORD_MEMBERS,
    { "import", &import_shape, false, "The import" },
    { "undoable", &shape_bool, false, "Whether it can be undone, if nobody has acted on it" },
    CALL_FAULTS_MEMBERS,
    { 0 },
};
const struct shape record_import_shape = { .kind = IS_OBJECT,
                                           .name = "RecordImportPage",
                                           .members = one_members };
const struct route_field record_import_fields[] = {
    { "do", "undo", true, false },
    { 0 },
};

/* ---- imports ---- */

static struct value *import_value(struct arena *arena, const struct import *import)
{
    struct value *value = value_object(arena);
    char hex[SHA256_HEX_SIZE];

    value_set_int(arena, value, "id", import->id.n);
    value_set_text(arena, value, "name", import->name);
    value_set_text(arena, value, "state", str_from_c(import_state_word(import->state)));
    value_set_int(arena, value, "rows", import->rows);
    value_set_int(arena, value, "added", import->added);
    value_set_text(arena, value, "sha256",
                   str_copy(arena, str_from_c(sha256_hex(import->digest, hex))));
    return value;
}

static struct result imports_value(const struct record *record, struct value **ret)
{
    struct value *list = value_array(record->arena);
    struct import_list imports;

    TRY(imports_of(record->store, record->arena, record->person, IMPORTS_SHOWN, &imports));
    for (size_t i = 0; i < imports.count; i++)
        value_push(record->arena, list, import_value(record->arena, &imports.at[i]));
    *ret = list;
    return OK;
}

/* ---- the preview ---- */

/* What was sent, looked at. */
struct looked {
    struct upload file;
    struct str kept; /* packed; STR_NONE: too large */
    struct import_preview preview;
    struct faults faults;
    bool whole; /* the file could be read; what is wrong is wrong in rows */
};

static const char *row_word(const struct import_row *row)
{
    if (row->faulty)
        return "faulty";
    if (row->left_out)
        return "left-out";
    return is_duplicate(row->likeness) ? "like" : "new";
}

static struct value *int_or_null(struct arena *arena, int64_t number)
{
    return number ? value_int(arena, number) : value_null(arena);
}

static struct value *row_value(const struct record *record, const struct import_row *row)
{
    struct arena *arena = record->arena;
    struct value *value = value_object(arena);

    value_set_int(arena, value, "row", row->number);
    value_set_text(arena, value, "is", str_from_c(row_word(row)));
    value_set(arena, value, "says",
              row->faulty ? value_null(arena)
                          : record_says_value(arena, record->vocabulary, &row->says));
    value_set(arena, value, "likeness",
              row->likeness != LIKE_NOT
                  ? value_text(arena, str_from_c(likeness_text(row->likeness)))
                  : value_null(arena));
    value_set(arena, value, "entry", int_or_null(arena, row->like.n));
    value_set(arena, value, "like_row", int_or_null(arena, row->like_row));
    return value;
}

static struct value *text_or_null(struct arena *arena, struct str text)
{
    return text.n > 0 ? value_text(arena, text) : value_null(arena);
}

static struct value *file_faults_value(struct arena *arena, const struct faults *faults)
{
    struct value *list = value_array(arena);

    for (size_t i = 0; i < faults->count && list->count < FAULTS_SHOWN; i++) {
        const struct fault *fault = &faults->list[i];
        struct value *value;

        if (fault->severity != SEVERITY_ERROR)
            continue;
        value = value_object(arena);
        value_set(arena, value, "row", int_or_null(arena, fault->place.row));
        value_set(arena, value, "column", text_or_null(arena, fault->place.heading));
        value_set_text(arena, value, "message", fault->message);
        value_set(arena, value, "hint", text_or_null(arena, fault->hint));
        value_push(arena, list, value);
    }
    return list;
}

static struct value *preview_value(const struct record *record, const struct looked *looked)
{
    const struct import_preview *preview = &looked->preview;
    struct arena *arena = record->arena;
    struct value *value = value_object(arena);
    struct value *rows = value_array(arena);
    size_t shown = preview->count < ROWS_SHOWN ? preview->count : ROWS_SHOWN;

    for (size_t i = 0; i < shown; i++)
        value_push(arena, rows, row_value(record, &preview->rows[i]));
    value_set_text(arena, value, "name", looked->file.name);
    value_set(arena, value, "kept", text_or_null(arena, looked->kept));
    value_set_int(arena, value, "count", (int64_t)preview->count);
    value_set_int(arena, value, "good", (int64_t)preview->good);
    value_set_bool(arena, value, "any", preview->good > 0);
    value_set_bool(arena, value, "whole", looked->whole);
    value_set(arena, value, "likes", int_or_null(arena, (int64_t)preview->duplicates));
    value_set_int(arena, value, "faulty", (int64_t)preview->faulty);
    value_set(arena, value, "left_out", int_or_null(arena, (int64_t)preview->left_out));
    value_set(arena, value, "confirmed", int_or_null(arena, (int64_t)preview->confirmed));
    value_set(arena, value, "fault_count", int_or_null(arena, (int64_t)looked->faults.errors));
    value_set(arena, value, "file_faults", file_faults_value(arena, &looked->faults));
    value_set(arena, value, "rows", rows);
    value_set(arena, value, "more", int_or_null(arena, (int64_t)(preview->count - shown)));
    return value;
}

/* A file that was chosen now, rows that were pasted, or what the page before carries on. */
static bool take_file(struct call *call, struct looked *looked)
{
    struct str kept = call_field(call, "kept");
    struct str text = call_field(call, "text");
    bool chosen = call_file(call, "file", &looked->file);

    if (!chosen && text.n > 0)
        looked->file = (struct upload){ STR("pasted.csv"), text };
    if (chosen || text.n > 0) {
        looked->kept = sent_pack(call->arena, looked->file.bytes);
        if (looked->kept.n > KEPT_MAX)
            looked->kept = STR_NONE;
        return true;
    }
    looked->file.bytes = sent_unpack(call->arena, kept, SENT_LOG_MAX);
    looked->file.name = own_text(call, "kept_name");
    looked->kept = kept;
    return looked->file.bytes.p;
}

static struct result look(struct call *call, const struct record *record, struct looked *ret)
{
    struct looked looked = { .whole = false };
    struct evidence_rows existing;
    struct dossier registers;
    struct result read;

    faults_init(&looked.faults, call->arena);
    if (!take_file(call, &looked)) {
        call_fault(call, "file", &NO_FILE);
        *ret = looked;
        return OK;
    }
    if (looked.file.name.n == 0)
        looked.file.name = STR("logbook.csv");
    dossier_init(&registers);
    TRY(evidence_of(record->store, call->arena, record->person, POSITION_NOW, &existing));
    read = import_preview(call->arena, looked.file.bytes, record->vocabulary, &logbook_limits,
                          call->today, IMPORT_OWN, &registers, existing, &looked.faults,
                          &looked.preview);
    if (failed(read) && read.error != &ERROR_INPUT)
        return read;
    looked.whole = !failed(read);
    if (!looked.whole)
        call_fault(call, "file", &BAD_FILE);
    *ret = looked;
    return OK;
}

/* ---- which rows ---- */

/* "2-40, 57" */
static bool names_row(struct str ranges, uint32_t row, bool *ret_understood)
{
    bool found = false;

    while (ranges.p) {
        struct str range;
        struct str last;
        struct str first;
        int64_t from;
        int64_t to;

        ranges = str_split(ranges, ',', &range);
        last = str_split(str_trim(range), '-', &first);
        if (!last.p)
            last = first;
        if (!str_to_int(str_trim(first), 1, UINT32_MAX, &from) ||
            !str_to_int(str_trim(last), from, UINT32_MAX, &to)) {
            *ret_understood = false;
            return false;
        }
        found = found || (row >= from && row <= to);
    }
    *ret_understood = true;
    return found;
}

static struct str which_of(const struct call *call)
{
    struct str which = own_text(call, "which");

    return str_eq_c(which, "all") || str_eq_c(which, "some") ? which : STR("new");
}

static bool is_chosen(const struct call *call, struct str which, const struct import_row *row)
{
    bool understood = true;

    if (row->faulty || row->left_out)
        return false;
    if (str_eq_c(which, "all"))
        return true;
    if (str_eq_c(which, "some"))
        return names_row(own_text(call, "rows"), row->number, &understood) && understood;
    return !is_duplicate(row->likeness);
}

static size_t choose(struct call *call, const struct import_preview *preview,
                     const struct import_row **chosen)
{
    struct str which = which_of(call);
    bool understood = true;
    size_t count = 0;

    if (str_eq_c(which, "some")) {
        (void)names_row(own_text(call, "rows"), 1, &understood);
        if (!understood) {
            call_fault(call, "rows", &BAD_ROWS);
            return 0;
        }
    }
    for (size_t i = 0; i < preview->count; i++)
        if (is_chosen(call, which, &preview->rows[i]))
            chosen[count++] = &preview->rows[i];
    if (count == 0)
        call_fault(call, "rows", &NO_ROWS);
    return count;
}

/* ---- bringing them ---- */

struct bringing {
    struct record_change change;
    struct import_wish wish;
    struct import_id id;
    const struct import_row *const *rows; /* of the piece */
    size_t count;
};

static struct result begin(struct store *store, void *context)
{
    struct bringing *b = context;

    return import_begin(store, b->change.call->arena, &b->change.act, &b->wish, &b->id);
}

static struct result add_piece(struct store *store, void *context)
{
    struct bringing *b = context;
    struct import_piece piece;

    return import_rows(store, b->change.call->arena, &b->change.act, b->change.vocabulary, b->id,
                       b->rows, b->count, &piece);
}

static struct result end(struct store *store, void *context)
{
    struct bringing *b = context;

    return import_end(store, b->change.call->arena, &b->change.act, b->id);
}

static struct result bring(struct bringing *b, const struct import_row *const *chosen, size_t count)
{
    struct call *call = b->change.call;

    b->wish.rows = count;
    TRY(call_perform(call, begin, b));
    for (size_t at = 0; at < count; at += IMPORT_PIECE) {
        b->rows = chosen + at;
        b->count = count - at < IMPORT_PIECE ? count - at : IMPORT_PIECE;
        TRY(call_perform(call, add_piece, b));
    }
    return call_perform(call, end, b);
}

/* ---- the page ---- */

static struct result view_of(struct call *call, const struct looked *looked, struct value **ret)
{
    struct record record;
    struct value *imports;
    struct value *view;

    TRY(record_begin(call, &record));
    TRY(imports_value(&record, &imports));
    view = record_view(&record, "imports");
    value_set(call->arena, view, "imports", imports);
    value_set(call->arena, view, "preview",
              looked && looked->file.bytes.p ? preview_value(&record, looked)
                                             : value_null(call->arena));
    value_set_text(call->arena, view, "which", which_of(call));
    value_set_text(call->arena, view, "rows_chosen", own_text(call, "rows"));
    value_set_bool(call->arena, view, "some", imports->count > 0);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct result record_imports_answer(struct call *call, struct value **ret)
{
    return view_of(call, NULL, ret);
}

struct result record_imports_change(struct call *call, struct value **ret)
{
    struct bringing bringing = { .id = { 0 } };
    const struct import_row **chosen;
    struct record record;
    struct looked looked;
    size_t count;
    bool told;

    TRY(record_change_begin(call, PERMISSION_RECORD_CHANGE, &bringing.change));
    TRY(record_begin(call, &record));
    TRY(look(call, &record, &looked));
    if (!call_is_faulty(call) && own_does(call, "import")) {
        chosen = ARENA_ARRAY(call->arena, looked.preview.count + 1, const struct import_row *);
        count = choose(call, &looked.preview, chosen);
        if (count > 0) {
            bringing.wish = (struct import_wish){ .person = bringing.change.person,
                                                  .name = looked.file.name,
                                                  .digest = looked.preview.digest,
                                                  .basis = IMPORT_OWN };
            TRY(call_told(call, "file", bring(&bringing, chosen, count), &told));
            if (!told)
                call_see_other(call,
                               str_format(call->arena, PATH "/%lld", (long long)bringing.id.n),
                               "import-done");
        }
    }
    return view_of(call, &looked, ret);
}

/* ---- one of them ---- */

static struct result find(const struct record *record, struct import *ret)
{
    struct person_group group;
    struct import_id id;
    struct result found;

    if (!str_to_int(record->call->parts[0], 1, INT64_MAX, &id.n))
        return fail(&HTTP_NOT_FOUND);
    found = import_load(record->store, record->arena, id, ret);
    if (found.error == &IMPORT_UNKNOWN)
        return fail(&HTTP_NOT_FOUND);
    TRY(found);
    TRY(person_group(record->store, record->person, POSITION_NOW, &group));
    return person_group_has(&group, ret->person) && ret->basis == IMPORT_OWN
               ? OK
               : fail(&HTTP_NOT_FOUND);
}

struct result record_import_answer(struct call *call, struct value **ret)
{
    struct record record;
    struct import import;
    struct value *view;

    TRY(record_begin(call, &record));
    TRY(find(&record, &import));
    view = record_view(&record, "imports");
    value_set(call->arena, view, "import", import_value(call->arena, &import));
    value_set_bool(call->arena, view, "undoable",
                   import.state != IMPORT_UNDONE && import.added > 0);
    call_add_faults(call, view);
    *ret = view;
    return OK;
}

struct undoing {
    struct record_change change;
    struct import_id id;
    int64_t left;
};

static struct result undo(struct store *store, void *context)
{
    struct undoing *u = context;

    return import_undo(store, u->change.call->arena, &u->change.act, u->id, &u->left);
}

struct result record_import_change(struct call *call, struct value **ret)
{
    struct undoing undoing = { .left = 1 };
    struct record record;
    struct import import;
    bool told = false;

    TRY(record_change_begin(call, PERMISSION_RECORD_CHANGE, &undoing.change));
    TRY(record_begin(call, &record));
    TRY(find(&record, &import));
    undoing.id = import.id;
    if (!own_does(call, "undo")) {
        call_fault(call, NULL, &OWN_DO);
        return record_import_answer(call, ret);
    }
    while (undoing.left > 0 && !told)
        TRY(call_told(call, NULL, call_perform(call, undo, &undoing), &told));
    if (!told)
        call_see_other(call, str_format(call->arena, PATH "/%lld", (long long)import.id.n),
                       "import-undone");
    return record_import_answer(call, ret);
}
