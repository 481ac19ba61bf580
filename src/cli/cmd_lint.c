#include "cli/commands.h"
#include "cli/diagnostics.h"
#include "cli/load.h"
#include "cli/stored.h"
#include "cli/texts.h"
#include "criteria/lint.h"
#include "register/phrases.h"

/* What a lint run found beside its diags. */
struct findings_told {
    size_t documents; /* 0: too faulty to be counted */
    struct table questions;
};

static void note_questions(struct arena *arena, const struct edition *edition,
                           struct table *questions)
{
    struct questions asked = edition_questions(edition);
    struct str number = edition_number_text(arena, edition->number);
    struct str name = str_format(arena, "%.*s@%.*s", STR_ARG(edition->name), STR_ARG(number));
    struct str parts[3];
    size_t count = 0;

    if (asked.judged > 0)
        parts[count++] = phrase_count(arena, asked.judged, "question");
    if (asked.referrals > 0)
        parts[count++] = phrase_count(arena, asked.referrals, "referral");
    if (asked.discretions > 0)
        parts[count++] = str_format(arena, "%zu of discretion", asked.discretions);
    if (count == 0)
        return;
    table_cell(questions, TONE_PLAIN, name);
    table_cell(questions, TONE_PLAIN, phrase_list(arena, parts, count, ", ", ", "));
}

static void lint_edition(struct arena *arena, const struct edition *edition, struct diags *diags,
                         struct findings_told *told)
{
    edition_lint(arena, edition, diags);
    note_questions(arena, edition, &told->questions);
}

static enum exit_code tell(const struct invocation *invocation, const struct diags *diags,
                           const struct findings_told *told)
{
    struct output *out = &invocation->around->out;
    bool faulty = diags->errors > 0 || (option_given(invocation, "strict") && diags->warnings > 0);

    diagnostics_show(diags, out);
    if (told->questions.count > 0) {
        output_c(out, "Asked of people, at most, for one applicant:\n");
        table_print(&told->questions, out, 2);
    }
    if (told->documents > 0)
        output_format(
            out, "%.*s: ", STR_ARG(phrase_count(invocation->arena, told->documents, "document")));
    output_format(out, "%.*s\n", STR_ARG(diagnostics_counted(invocation->arena, diags)));
    return faulty ? EXIT_NO : EXIT_OK;
}

static void told_init(const struct invocation *invocation, struct findings_told *told)
{
    static const bool right[] = { false, false };

    told->documents = 0;
    table_init(&told->questions, invocation->arena, 2, right);
}

static enum exit_code lint_made(const struct invocation *invocation, struct result made,
                                const struct scheme *scheme, struct diags *diags)
{
    struct findings_told told;

    told_init(invocation, &told);
    if (!failed(made)) {
        told.documents = library_document_count(scheme->library);
        for (size_t i = 0; i < library_count(scheme->library); i++)
            lint_edition(invocation->arena, library_at(scheme->library, i), diags, &told);
    }
    return tell(invocation, diags, &told);
}

static enum exit_code lint_scheme(const struct invocation *invocation, const char *folder)
{
    struct scheme *scheme = NULL;
    struct diags diags;
    struct result result;

    diags_init(&diags, invocation->arena);
    result = scheme_load(invocation->arena, folder, &diags, &scheme);
    if (failed(result) && result.error != &ERROR_INPUT)
        return complain_scheme(invocation, folder, result);
    return lint_made(invocation, result, scheme, &diags);
}

static enum exit_code lint_stored(const struct invocation *invocation)
{
    struct scheme *scheme = NULL;
    struct scheme_files files;
    struct diags diags;
    struct result result;
    enum exit_code code = stored_files(invocation, &files);

    if (code != EXIT_OK)
        return code;
    diags_init(&diags, invocation->arena);
    result = scheme_make(invocation->arena, STR(""), &files, &diags, &scheme);
    return lint_made(invocation, result, scheme, &diags);
}

static enum exit_code lint_files(const struct invocation *invocation)
{
    static const char *const suffixes[] = { ".criteria", ".vocabulary", NULL };
    struct findings_told told;
    struct path_list paths;
    struct texts texts;
    enum exit_code code =
        paths_expand(invocation, invocation->operands, invocation->operand_count, suffixes, &paths);

    if (code == EXIT_OK)
        code = texts_load(invocation, &paths, &texts);
    if (code != EXIT_OK)
        return code;
    told_init(invocation, &told);
    for (size_t i = 0; i < library_document_count(texts.library); i++)
        told.documents += texts_hold(&texts, library_document_at(texts.library, i)) ? 1 : 0;
    for (size_t i = 0; i < library_count(texts.library); i++) {
        const struct edition *edition = library_at(texts.library, i);

        if (texts_hold(&texts, edition->document))
            lint_edition(invocation->arena, edition, &texts.diags, &told);
    }
    if (texts.scheme_errors > 0)
        complain(invocation, "the scheme in '%s' has errors of its own", scheme_place(invocation));
    return tell(invocation, &texts.diags, &told);
}

static bool holds_scheme(struct arena *arena, const char *folder)
{
    return path_exists(str_to_c(arena, str_format(arena, "%s/scheme.conf", folder)));
}

enum exit_code cmd_lint(struct invocation *invocation)
{
    const char *folder = scheme_folder(invocation);
    const char *const *operands = invocation->operands;

    if (invocation->operand_count == 1 && holds_scheme(invocation->arena, operands[0]))
        return lint_scheme(invocation, operands[0]);
    if (invocation->operand_count > 0)
        return lint_files(invocation);
    if (scheme_is_of_database(invocation))
        return lint_stored(invocation);
    if (!folder)
        return complain_usage(invocation, "nothing to read: give files, folders or --scheme DIR");
    return lint_scheme(invocation, folder);
}
