#include "register/record_standing.h"

#include "register/merge.h"
#include "register/person_dossier.h"
#include "register/scheme_texts.h"

/* The scheme as it was at a position. */
static struct result scheme_then(struct store *store, struct arena *arena,
                                 const struct record_question *question, const struct scheme **ret)
{
    struct scheme_side side;
    struct diags diags;
    int64_t then;
    int64_t now;

    *ret = question->scheme;
    TRY(scheme_version_at(store, question->position, &then));
    TRY(scheme_version_at(store, SCHEME_NOW, &now));
    if (then == 0 || then == now)
        return OK;
    diags_init(&diags, arena);
    TRY(scheme_side_at(store, arena, question->position, &diags, &side));
    *ret = side.scheme;
    return OK;
}

/* Those of the names that a scheme has. */
static struct str_list names_in(struct arena *arena, const struct scheme *scheme,
                                struct str_list names)
{
    struct str *known = ARENA_ARRAY(arena, names.count + 1, struct str);
    size_t count = 0;

    for (size_t i = 0; i < names.count; i++) {
        size_t editions;

        (void)library_editions(scheme->library, names.at[i], &editions);
        if (editions > 0)
            known[count++] = names.at[i];
    }
    return (struct str_list){ known, count };
}

/* One of the two sides. */
static struct result check(struct store *store, struct arena *arena,
                           const struct record_question *question, const struct scheme *scheme,
                           struct person_id person, int64_t position, day at,
                           struct standing_check *ret)
{
    struct dossier *dossier = ARENA_NEW(arena, struct dossier);
    const struct standing_question asked = {
        .scheme = scheme,
        .dossier = dossier,
        .on = at == DAY_NONE ? question->today : at,
        .names = names_in(arena, scheme, question->names),
        .go_on = question->go_on,
        .context = question->context,
    };

    dossier_init(dossier);
    TRY(person_dossier(store, arena, person, position, at, dossier));
    if (question->names.count > 0 && asked.names.count == 0) {
        *ret = (struct standing_check){ .scheme = scheme, .dossier = dossier, .on = asked.on };
        return OK;
    }
    return standing_check(arena, &asked, ret);
}

struct result record_standing(struct store *store, struct arena *arena,
                              const struct record_question *question,
                              struct standing_check *ret_then, struct standing_check *ret_now)
{
    const struct scheme *scheme;
    struct person_group group;

    TRY(check(store, arena, question, question->scheme, question->person, POSITION_NOW, DAY_NONE,
              ret_now));
    if (question->at == DAY_NONE)
        return OK;
    TRY(scheme_then(store, arena, question, &scheme));
    TRY(person_group(store, question->person, question->position, &group));
    return check(store, arena, question, scheme, group.at[0], question->position, question->at,
                 ret_then);
}
