/*
 * bench/criteria.c - a whole register against one document.
 *
 * Evaluates 1,000,000 generated people with 30 records each against a document of 14 aggregates,
 * on one and two threads, beside two references over the same rows in the same run: a loop written
 * by hand for just this document, and a plain pass over the bytes. The loop must come to the same
 * verdicts. Then 3, 30 and 300 records a person show how the cost grows. Progress goes to standard
 * error; the last line on standard output is JSON.
 */
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "base/value.h"
#include "criteria/evaluate.h"
#include "criteria/library.h"

static const char document[] =
    "vocabulary bench 1 {\n"
    "  record mediation {\n"
    "    field role of mediator, adviser, party, observer, trainee\n"
    "    field capacity of sole, lead, co, assistant\n"
    "    field mode of in-person, online, hybrid\n"
    "    field scale of full, partial\n"
    "    field completed of yes, no\n"
    "    field outcome of agreement, partial, none\n"
    "    field paid of yes, no\n"
    "  }\n"
    "}\n"
    "criteria bench edition 1 {\n"
    "  vocabulary bench 1\n"
    "  require experience {\n"
    "    any {\n"
    "      count mediation >= 12 { role mediator }\n"
    "      sum hours mediation >= 60 h { role mediator }\n"
    "    }\n"
    "  }\n"
    "  require recent {\n"
    "    count mediation >= 2 { role mediator; within 36 months }\n"
    "    sum hours mediation >= 4 h { role mediator; within 60 months }\n"
    "  }\n"
    "  require online {\n"
    "    any {\n"
    "      count mediation >= 4 { role mediator; mode online; scale full }\n"
    "      count mediation >= 2 { mode online, hybrid; within 24 months }\n"
    "      sum hours mediation >= 20 h { mode online }\n"
    "    }\n"
    "  }\n"
    "  require results {\n"
    "    at least 2 of {\n"
    "      count mediation >= 3 { role mediator; outcome agreement }\n"
    "      count mediation >= 5 { completed yes; outcome not none }\n"
    "      sum hours mediation >= 10 h { role mediator, adviser; outcome agreement, partial }\n"
    "    }\n"
    "  }\n"
    "  require range {\n"
    "    count mediation >= 1 { capacity sole; paid yes; from 2015-01-01 }\n"
    "    count mediation >= 1 { role adviser, party }\n"
    "    sum hours mediation >= 2 h { role observer, trainee; until 2024-12-31 }\n"
    "    count mediation >= 2 { capacity sole, lead; scale full; completed yes }\n"
    "  }\n"
    "}\n";

enum { AGGREGATES = 14, REPEATS = 3 };

struct population {
    struct row *rows;
    size_t people;
    size_t records; /* of each person */
    const struct edition *edition;
};

/* xorshift64*: the same people on every machine. */
static uint64_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}

static unsigned random_below(uint64_t *state, unsigned n)
{
    return (unsigned)((random_next(state) >> 33) % n);
}

static uint64_t random_bits(uint64_t *state, const struct kind *kind)
{
    uint64_t bits = random_below(state, 8) == 0 ? ROW_CLAIMED : 0;
    for (size_t f = FIELD_FIRST_OWN; f < kind->field_count; f++) {
        unsigned first, unknown, other;
        BUG_IF(!kind_field_bits(kind, f, &first, &unknown, &other));
        unsigned bit = random_below(state, 16) == 0
                           ? unknown
                           : first + random_below(state, (unsigned)kind->fields[f].values.count);
        bits |= (uint64_t)1 << bit;
    }
    return bits;
}

static const day day_of_reference = 20454; /* 2026-01-01 */

static void make_people(struct population *p)
{
    uint64_t state = 20261123;
    const struct kind *kind = &p->edition->vocabulary->kinds[0];
    for (size_t person = 0; person < p->people; person++) {
        bool sessions = random_below(&state, 10) == 0; /* some records share a matter */
        uint32_t matter = 0;
        for (size_t i = 0; i < p->records; i++) {
            struct row *row = &p->rows[person * p->records + i];
            row->end = day_of_reference - 3650 + (day)random_below(&state, 3700);
            row->start = row->end - (day)random_below(&state, 3);
            row->hours = random_below(&state, 20) ? (int32_t)(30 + random_below(&state, 600)) : -1;
            row->bits = random_bits(&state, kind);
            row->matter = sessions && i && random_below(&state, 3) == 0 ? matter
                                                                        : (matter = (uint32_t)i);
        }
    }
}

/* ---- ours ---- */

struct verdicts {
    int64_t decide[VERDICT_ELIGIBLE + 1];
    int64_t preview[VERDICT_ELIGIBLE + 1];
};

static bool own_matters(const struct row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (rows[i].matter == rows[i - 1].matter)
            return false;
    return true;
}

struct share {
    const struct population *population;
    size_t from, to;
    struct verdicts verdicts;
    size_t grown; /* bytes allocated after the first person, of the process */
};

static void *evaluate_share(void *argument)
{
    struct share *share = argument;
    const struct population *p = share->population;
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct outcome outcome;
    outcome_init(&arena, p->edition, &outcome);
    struct dossier empty;
    dossier_init(&empty);
    struct acts acts;
    acts_build(&arena, &empty, &acts);
    struct rows rows = { .count = p->records };
    struct bundle bundle = { .vocabulary = p->edition->vocabulary,
                             .kinds = &rows,
                             .matter_count = (uint32_t)p->records,
                             .acts = &acts };
    struct evaluator evaluator = evaluator_of(p->edition, &bundle, &arena, day_of_reference);
    size_t allocated = 0;
    for (size_t person = share->from; person < share->to; person++) {
        if (person == share->from + 1)
            allocated = mallinfo2().uordblks;
        rows.at = &p->rows[person * p->records];
        rows.own_matters = own_matters(rows.at, rows.count);
        evaluate(&evaluator, &outcome);
        share->verdicts.decide[outcome.verdict[DECIDE]]++;
        share->verdicts.preview[outcome.verdict[PREVIEW]]++;
    }
    share->grown = mallinfo2().uordblks - allocated;
    arena_release(&arena);
    return NULL;
}

/* Returns how many bytes the first share allocated after its first person. */
static size_t evaluate_all(const struct population *p, size_t threads, struct verdicts *ret)
{
    struct share shares[2];
    pthread_t ids[2];
    for (size_t t = 0; t < threads; t++) {
        shares[t] = (struct share){ .population = p,
                                    .from = p->people * t / threads,
                                    .to = p->people * (t + 1) / threads };
        if (t && pthread_create(&ids[t], NULL, evaluate_share, &shares[t]) != 0)
            BUG("no second thread");
    }
    evaluate_share(&shares[0]);
    *ret = shares[0].verdicts;
    for (size_t t = 1; t < threads; t++) {
        pthread_join(ids[t], NULL);
        for (int v = 0; v <= VERDICT_ELIGIBLE; v++) {
            ret->decide[v] += shares[t].verdicts.decide[v];
            ret->preview[v] += shares[t].verdicts.preview[v];
        }
    }
    return shares[0].grown;
}

/* ---- by hand ---- */

struct masks {
    uint64_t mediator, adviser, party, observer, trainee, role_unknown;
    uint64_t sole, lead, capacity_unknown;
    uint64_t online, hybrid, mode_unknown;
    uint64_t full, scale_unknown;
    uint64_t completed, completed_unknown;
    uint64_t agreement, partial, none, outcome_unknown;
    uint64_t paid, paid_unknown;
};

static uint64_t bit_of(const struct kind *kind, const char *field, const char *value)
{
    for (size_t f = FIELD_FIRST_OWN; f < kind->field_count; f++) {
        if (!str_eq_c(kind->fields[f].name, field))
            continue;
        unsigned first, unknown, other;
        BUG_IF(!kind_field_bits(kind, f, &first, &unknown, &other));
        for (unsigned i = 0; value && i < kind->fields[f].values.count; i++)
            if (str_eq_c(kind->fields[f].values.at[i], value))
                return (uint64_t)1 << (first + i);
        return (uint64_t)1 << unknown;
    }
    BUG("no field %s", field);
}

static struct masks find_masks(const struct kind *k)
{
    return (struct masks){
        .mediator = bit_of(k, "role", "mediator"),
        .adviser = bit_of(k, "role", "adviser"),
        .party = bit_of(k, "role", "party"),
        .observer = bit_of(k, "role", "observer"),
        .trainee = bit_of(k, "role", "trainee"),
        .role_unknown = bit_of(k, "role", NULL),
        .sole = bit_of(k, "capacity", "sole"),
        .lead = bit_of(k, "capacity", "lead"),
        .capacity_unknown = bit_of(k, "capacity", NULL),
        .online = bit_of(k, "mode", "online"),
        .hybrid = bit_of(k, "mode", "hybrid"),
        .mode_unknown = bit_of(k, "mode", NULL),
        .full = bit_of(k, "scale", "full"),
        .scale_unknown = bit_of(k, "scale", NULL),
        .completed = bit_of(k, "completed", "yes"),
        .completed_unknown = bit_of(k, "completed", NULL),
        .agreement = bit_of(k, "outcome", "agreement"),
        .partial = bit_of(k, "outcome", "partial"),
        .none = bit_of(k, "outcome", "none"),
        .outcome_unknown = bit_of(k, "outcome", NULL),
        .paid = bit_of(k, "paid", "yes"),
        .paid_unknown = bit_of(k, "paid", NULL),
    };
}

/* lo and hi of DECIDE, lo and hi of PREVIEW */
struct hand {
    int64_t n[4];
    uint32_t last[4]; /* the matter counted last, plus one */
};

/* 0: no, 1: perhaps, 2: yes */
static inline unsigned asks(uint64_t bits, uint64_t yes, uint64_t unknown)
{
    return bits & yes ? 2 : bits & unknown ? 1 : 0;
}

static inline unsigned both(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static inline void hand_count(struct hand *h, const struct row *row, bool claimed, unsigned match)
{
    if (!match)
        return;
    uint32_t matter = row->matter + 1;
    for (unsigned i = claimed ? 2 : 0; i < 4; i++)
        if ((i & 1 || match == 2) && h->last[i] != matter) {
            h->last[i] = matter;
            h->n[i]++;
        }
}

static inline void hand_sum(struct hand *h, const struct row *row, bool claimed, unsigned match)
{
    if (!match)
        return;
    int64_t most = row->hours >= 0 ? row->hours : (int64_t)(row->end - row->start + 1) * 1440;
    for (unsigned i = claimed ? 2 : 0; i < 4; i++) {
        if (i & 1)
            h->n[i] += most;
        else if (match == 2 && row->hours >= 0)
            h->n[i] += row->hours;
    }
}

static inline unsigned hand_finding(const struct hand *h, unsigned reading, int64_t need)
{
    return h->n[reading * 2] >= need ? 2 : h->n[reading * 2 + 1] >= need ? 1 : 0;
}

static inline unsigned either(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static unsigned hand_verdict(const struct hand *h, unsigned r)
{
    unsigned f[AGGREGATES];
    static const int64_t needs[AGGREGATES] = {
        12, 3600, 2, 240, 4, 2, 1200, 3, 5, 600, 1, 1, 120, 2
    };
    for (unsigned i = 0; i < AGGREGATES; i++)
        f[i] = hand_finding(&h[i], r, needs[i]);
    unsigned experience = either(f[0], f[1]);
    unsigned recent = both(f[2], f[3]);
    unsigned online = either(f[4], either(f[5], f[6]));
    unsigned two = either(both(f[7], f[8]), either(both(f[7], f[9]), both(f[8], f[9])));
    unsigned range = both(both(f[10], f[11]), both(f[12], f[13]));
    unsigned all = both(both(experience, recent), both(online, both(two, range)));
    return all == 2 ? VERDICT_ELIGIBLE : all == 1 ? VERDICT_REFER : VERDICT_NOT_YET;
}

static void hand_person(const struct masks *m, const struct row *row, size_t count, struct hand *h)
{
    day on = day_of_reference;
    day months24 = day_add_months(on, -24), months36 = day_add_months(on, -36),
        months60 = day_add_months(on, -60);
    const day from2015 = 16436, until2024 = 20088;
    for (const struct row *end = row + count; row < end; row++) {
        if (row->end > on)
            continue;
        uint64_t bits = row->bits;
        bool claimed = bits & ROW_CLAIMED;
        unsigned mediator = asks(bits, m->mediator, m->role_unknown);
        unsigned online = asks(bits, m->online, m->mode_unknown);
        unsigned full = asks(bits, m->full, m->scale_unknown);
        unsigned completed = asks(bits, m->completed, m->completed_unknown);
        unsigned agreement = asks(bits, m->agreement, m->outcome_unknown);
        hand_count(&h[0], row, claimed, mediator);
        hand_sum(&h[1], row, claimed, mediator);
        if (row->end >= months36)
            hand_count(&h[2], row, claimed, mediator);
        if (row->end >= months60)
            hand_sum(&h[3], row, claimed, mediator);
        hand_count(&h[4], row, claimed, both(mediator, both(online, full)));
        if (row->end >= months24)
            hand_count(&h[5], row, claimed, asks(bits, m->online | m->hybrid, m->mode_unknown));
        hand_sum(&h[6], row, claimed, online);
        hand_count(&h[7], row, claimed, both(mediator, agreement));
        unsigned not_none = bits & m->none ? 0 : bits & m->outcome_unknown ? 1 : 2;
        hand_count(&h[8], row, claimed, both(completed, not_none));
        hand_sum(&h[9], row, claimed,
                 both(asks(bits, m->mediator | m->adviser, m->role_unknown),
                      asks(bits, m->agreement | m->partial, m->outcome_unknown)));
        if (row->end >= from2015)
            hand_count(&h[10], row, claimed,
                       both(asks(bits, m->sole, m->capacity_unknown),
                            asks(bits, m->paid, m->paid_unknown)));
        hand_count(&h[11], row, claimed, asks(bits, m->adviser | m->party, m->role_unknown));
        if (row->end <= until2024)
            hand_sum(&h[12], row, claimed, asks(bits, m->observer | m->trainee, m->role_unknown));
        hand_count(&h[13], row, claimed,
                   both(asks(bits, m->sole | m->lead, m->capacity_unknown), both(full, completed)));
    }
}

static void evaluate_by_hand(const struct population *p, const struct masks *masks,
                             struct verdicts *ret)
{
    *ret = (struct verdicts){ 0 };
    for (size_t person = 0; person < p->people; person++) {
        struct hand h[AGGREGATES] = { 0 };
        hand_person(masks, &p->rows[person * p->records], p->records, h);
        ret->decide[hand_verdict(h, DECIDE)]++;
        ret->preview[hand_verdict(h, PREVIEW)]++;
    }
}

/* ---- measuring ---- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t memory_pass(const struct population *p)
{
    const uint64_t *at = (const uint64_t *)p->rows;
    size_t words = p->people * p->records * sizeof(struct row) / sizeof(uint64_t);
    uint64_t sum = 0;
    for (size_t i = 0; i < words; i++)
        sum += at[i];
    return sum;
}

struct timing {
    double one, two, hand, memory;
    size_t grown; /* bytes allocated while one thread evaluated everybody but the first */
};

static void keep_least(double *least, double seconds)
{
    if (*least == 0 || seconds < *least)
        *least = seconds;
}

static bool same_verdicts(const struct verdicts *a, const struct verdicts *b)
{
    for (int v = 0; v <= VERDICT_ELIGIBLE; v++)
        if (a->decide[v] != b->decide[v] || a->preview[v] != b->preview[v])
            return false;
    return true;
}

/* All four in turn, several times over; the least of each, since others only ever slow one down. */
static void measure(const struct population *p, struct timing *ret, uint64_t *ret_sum)
{
    struct masks masks = find_masks(&p->edition->vocabulary->kinds[0]);
    struct verdicts ours, theirs;
    *ret = (struct timing){ 0 };
    for (int i = 0; i < REPEATS; i++) {
        double t0 = now();
        *ret_sum += memory_pass(p);
        double t1 = now();
        evaluate_by_hand(p, &masks, &theirs);
        double t2 = now();
        ret->grown = evaluate_all(p, 1, &ours);
        double t3 = now();
        if (!same_verdicts(&ours, &theirs))
            BUG("the loop by hand comes to other verdicts: eligible %lld against %lld",
                (long long)ours.decide[VERDICT_ELIGIBLE],
                (long long)theirs.decide[VERDICT_ELIGIBLE]);
        evaluate_all(p, 2, &ours);
        double t4 = now();
        keep_least(&ret->memory, t1 - t0);
        keep_least(&ret->hand, t2 - t1);
        keep_least(&ret->one, t3 - t2);
        keep_least(&ret->two, t4 - t3);
        fprintf(stderr, "  round %d of %d: %.2f s on one thread, %.2f s on two, by hand %.2f s\n",
                i + 1, REPEATS, t3 - t2, t4 - t3, t2 - t1);
    }
    fprintf(stderr, "  verdicts: %lld eligible, %lld refer, %lld not yet\n",
            (long long)ours.decide[VERDICT_ELIGIBLE], (long long)ours.decide[VERDICT_REFER],
            (long long)ours.decide[VERDICT_NOT_YET]);
}

static void run(const struct edition *edition, size_t people, size_t records, struct timing *ret)
{
    struct population p = { .people = people, .records = records, .edition = edition };
    fprintf(stderr, "%zu people with %zu records each\n", people, records);
    p.rows = memory_alloc(people * records, sizeof(struct row));
    make_people(&p);
    uint64_t sum = 0;
    measure(&p, ret, &sum);
    fprintf(stderr, "  (sum of the bytes: %llx)\n", (unsigned long long)sum);
    memory_free(p.rows);
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, ARENA_UNLIMITED);
    struct diags diags;
    diags_init(&diags, &arena);
    struct source source = { STR("bench"), str_from_c(document) };
    struct library *library = library_new(&arena);
    library_add(library, &source, &diags);
    struct edition_number number;
    if (failed(library_finish(library, &diags)) || !edition_number_parse(STR("1"), &number))
        BUG("the document of the benchmark has faults");
    const struct edition *edition = library_find(library, STR("bench"), number);
    BUG_IF(edition->aggregate_count != AGGREGATES);

    struct timing main_run, few, many;
    run(edition, 1000000, 30, &main_run);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    run(edition, 1000000, 3, &few);
    run(edition, 100000, 300, &many);
    printf("{\"people\":1000000,\"records_each\":30,\"aggregates\":%d,"
           "\"seconds_1_thread\":%.3f,\"seconds_2_threads\":%.3f,"
           "\"seconds_plain_loop\":%.3f,\"seconds_memory_pass\":%.3f,"
           "\"ratio_to_plain_loop\":%.2f,\"ratio_to_memory_pass\":%.1f,"
           "\"ns_per_record_at_3\":%.1f,\"ns_per_record_at_30\":%.1f,"
           "\"ns_per_record_at_300\":%.1f,\"bytes_allocated_meanwhile\":%zu,\"peak_mb\":%ld}\n",
           AGGREGATES, main_run.one, main_run.two, main_run.hand, main_run.memory,
           main_run.one / main_run.hand, main_run.one / main_run.memory, few.one * 1e9 / 3e6,
           main_run.one * 1e9 / 3e7, many.one * 1e9 / 3e7, main_run.grown, usage.ru_maxrss / 1024);
    arena_release(&arena);
    return 0;
}
