/*
 * Texts of cases, fed with any bytes: read as cases, as Markdown and as dossier lines, checked and
 * run against a small library. Faults may come and cases may fail; what must not happen is a crash,
 * a hang, or a message that is not UTF-8.
 */
#include "criteria/cases.h"

#define LIBRARY                                                                                    \
    "vocabulary v 1 {\n"                                                                           \
    "  levels degree none, bachelor, master\n"                                                     \
    "  record mediation { field role of mediator, party; field client id; field points integer "   \
    "}\n"                                                                                          \
    "  record training { field completed of yes, no; field core minutes; field level ordered "     \
    "degree }\n"                                                                                   \
    "  programmes qap; bodies board, panel; statements code; anchors join; reasons health\n"       \
    "  credentials card\n"                                                                         \
    "}\n"                                                                                          \
    "criteria x edition 1 { vocabulary v 1\n"                                                      \
    "  require practice { count mediation >= 2 }\n"                                                \
    "}\n"                                                                                          \
    "criteria x edition 2 {\n"                                                                     \
    "  vocabulary v 1; owner board; cycle 2 years from join; in force from 2020-01-01\n"           \
    "  open from 2010-01-01 until 2030-12-31\n"                                                    \
    "  require practice {\n"                                                                       \
    "    any {\n"                                                                                  \
    "      count mediation >= 3 { role mediator; within 24 months; weigh 50% role party\n"         \
    "        after first training }\n"                                                             \
    "      count distinct client of mediation >= 2 { role not party }\n"                           \
    "    }\n"                                                                                      \
    "    exempt card \"Card\" when { holds card for 6 months } instead {\n"                        \
    "      count mediation >= 1 { also training at most 1 }\n"                                     \
    "    }\n"                                                                                      \
    "    refer to panel when { count mediation >= 2 { in cycle } }\n"                              \
    "    discretion board { waive for health; admit; extend until 2026-12-31\n"                    \
    "      floor { count mediation >= 1 } }\n"                                                     \
    "  }\n"                                                                                        \
    "  require hours {\n"                                                                          \
    "    sum core training >= 9 h { at most 4 h completed yes { at most 1 h each matter }; at "    \
    "most 5 h }\n"                                                                                 \
    "    months covered training >= 2 { from 2015-01-01 }\n"                                       \
    "    each 12 months of cycle { sum points mediation >= 1; count training >= 1 }\n"             \
    "    months since first training >= 3 { level >= bachelor }\n"                                 \
    "  }\n"                                                                                        \
    "  require others {\n"                                                                         \
    "    separately { count mediation >= 1 { role party }; count mediation >= 1 }\n"               \
    "    at least 2 of { age >= 18 years; declared code edition current within 12 months; "        \
    "holds card ever }\n"                                                                          \
    "    each 6 months of last 12 months { count training >= 1 { programme qap accredited "        \
    "throughout } }\n"                                                                             \
    "  }\n"                                                                                        \
    "  require fit { judged \"Fit?\" by board }\n"                                                 \
    "  bar bad \"Bad\" { count mediation >= 9 { points >= 5 } } effect refuse\n"                   \
    "  transition from 1 { accept old for training started before 2022-01-01 until 36 months "     \
    "after that start }\n"                                                                         \
    "}\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct library *the_library(void)
{
    static const struct source source = { { "library", 7 }, { LIBRARY, sizeof(LIBRARY) - 1 } };
    static struct arena arena;
    static struct library *library;
    struct diags diags;

    if (library)
        return library;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    library = library_new(&arena);
    library_add(library, &source, &diags);
    BUG_IF(failed(library_finish(library, &diags)));
    return library;
}

/* Many identical records cost time and find nothing: three digits before an x are too many. */
static bool repeats_much(struct str text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c >= '0' && c <= '9')
            digits++;
        else if (c == 'x' && digits > 2)
            return true;
        else if (c != ' ' && c != '\t')
            digits = 0;
    }
    return false;
}

static void run_all(struct arena *arena, const struct case_list *list)
{
    struct arena scratch;

    arena_init(&scratch, ARENA_UNLIMITED);
    for (size_t i = 0; i < list->count; i++) {
        struct case_result result;

        case_run(arena, &scratch, the_library(), &list->at[i], &result);
        BUG_IF(result.passed != (result.message_count == 0));
        for (size_t k = 0; k < result.message_count; k++)
            BUG_IF(!str_is_utf8(result.messages[k], NULL));
    }
    arena_release(&scratch);
}

static void print_faults(struct diags *diags)
{
    struct buf out;

    buf_init(&out, 10000000);
    diags_print(diags, &out, true);
    BUG_IF(!str_is_utf8(buf_str(&out), NULL));
    buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = { STR("fuzz"), { (const char *)data, size } };
    struct case_list list = { .count = 0 };
    struct source documents;
    struct dossier dossier;
    struct diags diags;
    struct arena arena;

    if (repeats_much(source.text))
        return 0;
    arena_init(&arena, ARENA_UNLIMITED);
    diags_init(&diags, &arena);
    cases_read(&arena, &source, &diags, &list);
    cases_read_markdown(&arena, &source, &diags, &list, &documents);
    BUG_IF(documents.text.p && documents.text.n != size);
    dossier_read_lines(&arena, &source, &diags, &dossier);
    cases_check(&list, the_library(), &diags);
    print_faults(&diags);
    run_all(&arena, &list); /* those with faults too: what was read of them must be sound */
    arena_release(&arena);
    return 0;
}
