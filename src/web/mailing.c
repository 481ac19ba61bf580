#include "web/mailing.h"

#include <errno.h>
#include <string.h>

#include "instance/mail_settings.h"
#include "store/installation.h"
#include "web/clock.h"

/* Called on the thread that sends. */
static struct result write_letters(void *context, struct arena *arena, const struct mail_letter *at,
                                   size_t count, struct mail_words *ret)
{
    const struct mailing *mailing = context;
    struct scheme_snapshot *snapshot = site_scheme(mailing->site);
    const struct letters_site site = {
        .scheme = scheme_snapshot_scheme(snapshot),
        .base = mailing->base,
    };
    struct result result = letters_write(mailing->letters, &site, arena, at, count, NULL, ret);

    scheme_snapshot_release(snapshot);
    return result;
}

static struct result read_installation(struct instance *instance, struct arena *arena,
                                       struct str *ret, struct str *ret_message)
{
    struct readers *readers = instance_readers(instance);
    struct store_fault fault = { 0 };
    char id[INSTALLATION_ID_SIZE];
    struct store *store;
    struct result result;
    struct result end;

    result = readers_take(readers, &store, &fault);
    if (!failed(result)) {
        result = installation_id(store, id);
        end = readers_give_back(readers, store);
        if (!failed(result))
            result = end;
    }
    if (failed(result)) {
        *ret_message = instance_complaint(arena, instance_config(instance), result, &fault);
        return result;
    }
    *ret = str_copy(arena, str_from_c(id));
    return OK;
}

static struct result read_templates(struct mailing *mailing, struct arena *arena,
                                    struct str *ret_message)
{
    struct diags diags;
    struct buf text;
    struct result result;

    diags_init(&diags, arena);
    result = letters_new(&diags, &mailing->letters);
    if (failed(result)) {
        buf_init(&text, (size_t)1 << 20);
        diags_print(&diags, &text, false);
        *ret_message = str_format(arena, "the templates of letters have faults:\n%.*s",
                                  STR_ARG(buf_str(&text)));
        buf_release(&text);
    }
    return result;
}

/* The name of the organisation, as it is now: a name in From need not change while it serves. */
static struct str usual_name(struct site *site, struct arena *arena)
{
    struct scheme_snapshot *snapshot = site_scheme(site);
    struct str name = str_copy(arena, scheme_snapshot_scheme(snapshot)->organisation.name);

    scheme_snapshot_release(snapshot);
    return name;
}

struct result mailing_start(struct instance *instance, struct site *site, struct str base,
                            struct arena *arena, struct mailing *ret, struct str *ret_message)
{
    struct mail_settings settings;
    struct str installation;

    *ret = (struct mailing){ .site = site, .base = base };
    TRY(read_templates(ret, arena, ret_message));
    TRY(read_installation(instance, arena, &installation, ret_message));
    TRY(mail_settings_read(instance_config(instance), installation, base, arena, &settings,
                           ret_message));
    if (!settings.from_name.p)
        settings.from_name = usual_name(site, arena);
    settings.write = write_letters;
    settings.context = ret;
    if (work_start(instance, &settings, clock_now, &ret->work))
        return OK;
    *ret_message = str_format(arena, "cannot start another thread: %s", strerror(errno));
    return fail(&ERROR_LIMIT);
}

void mailing_stop(struct mailing *mailing)
{
    work_stop(mailing->work);
    letters_free(mailing->letters);
}

struct str mailing_folder(struct arena *arena, const struct config *config)
{
    return config->mail.server.p ? STR_NONE : str_from_c(instance_path(arena, config, MAIL_FILES));
}
