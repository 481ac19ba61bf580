#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/files.h"
#include "instance/doctor_parts.h"
#include "instance/unfinished.h"
#include "mail/mail.h"
#include "register/attachment.h"
#include "register/journal.h"

#define MIB (UINT64_C(1024) * 1024)
#define ROOM_NEEDED (100 * MIB)
#define INODES_NEEDED 1000
#define FINDINGS_MAX 20

/* A clock that stands so far behind the journal's last entry is wrong, and not just unsteady. */
#define BEHIND_MICROSECONDS INT64_C(2000000)

static bool is_server(struct doctor *doctor)
{
    const char *database = instance_database(doctor->arena, doctor->settings->config);

    return store_engine_of(database) == STORE_POSTGRES;
}

/* ---- the folder ---- */

static void check_mode(struct doctor *doctor, const char *path, const struct stat *found,
                       mode_t wanted)
{
    if (found->st_mode & 077)
        doctor_find(doctor, FINDING_FAULT,
                    doctor_text(doctor, "chmod %o '%s'", (unsigned)wanted, path),
                    "Others on this machine may use '%s': its permissions are %o", path,
                    (unsigned)(found->st_mode & 07777));
}

static bool find_folder(struct doctor *doctor, const char *data, struct stat *ret)
{
    int why = stat(data, ret) == 0 ? ENOTDIR : errno;

    if (why == ENOTDIR && S_ISDIR(ret->st_mode))
        return true;
    doctor_find(doctor, FINDING_FAULT,
                STR("look whether --data names the right folder; 'assay init' makes one"),
                "The folder '%s' cannot be used: %s", data, strerror(why));
    return false;
}

struct result doctor_folder(struct doctor *doctor)
{
    const char *data = doctor->settings->config->data;
    const char *database = instance_database(doctor->arena, doctor->settings->config);
    struct stat folder = { 0 };
    struct str message;
    struct stat file;

    doctor->folder = find_folder(doctor, data, &folder);
    if (!doctor->folder)
        return OK;
    check_mode(doctor, data, &folder, 0700);
    if (failed(unfinished_check(doctor->arena, doctor->settings->config, &message)))
        doctor_find(doctor, FINDING_FAULT, STR("do the same again, to its end"), "%.*s",
                    STR_ARG(message));
    if (access(data, W_OK) != 0)
        doctor_find(doctor, FINDING_FAULT,
                    STR("run this as the user whose server it is; if that is so, look how the disk "
                        "is mounted"),
                    "This user cannot write to '%s': %s", data, strerror(errno));
    if (is_server(doctor) || stat(database, &file) != 0)
        return OK;
    check_mode(doctor, database, &file, 0600);
    if (file.st_uid != folder.st_uid)
        doctor_find(doctor, FINDING_FAULT,
                    doctor_text(doctor, "chown %u '%s'*", (unsigned)folder.st_uid, database),
                    "The database '%s' belongs to the user %u, the folder to %u", database,
                    (unsigned)file.st_uid, (unsigned)folder.st_uid);
    return OK;
}

/* ---- the files ---- */

/* What may stand in the folder. To add a name: a row here, and one in docs/installing.md. */
static const struct known {
    const char *name;
    bool sqlite; /* of the database, where it is a file there */
} known_names[] = {
    { "assay.conf", false },      { "assay.db", true },         { "assay.db-wal", true },
    { "assay.db-shm", true },     { "assay.db-journal", true }, { "lock", false },
    { "admin.sock", false },      { UNFINISHED_NAME, false },   { MAIL_FILES, false },
    { ATTACHMENT_FOLDER, false },
};

static const struct known *known_name(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(known_names); i++)
        if (str_eq_c(name, known_names[i].name))
            return &known_names[i];
    return NULL;
}

/* The last part of a path, if the rest of it is the folder. */
static struct str name_in(struct str folder, struct str path)
{
    struct str rest;

    if (!path.p || !str_starts(path, folder) || path.n <= folder.n + 1 || path.p[folder.n] != '/')
        return STR_NONE;
    rest = str_drop(path, folder.n + 1);
    return str_find(rest, '/', &(size_t){ 0 }) ? STR_NONE : rest;
}

/* Files that the configuration names, and what is kept beside them: a log that was put away. */
static bool is_configured(struct doctor *doctor, struct str name)
{
    const struct config *config = doctor->settings->config;
    struct str folder = str_from_c(config->data);
    struct str log = name_in(folder, config->log);
    struct str database = name_in(folder, config->database);

    return (log.n > 0 && str_starts(name, log)) || (database.n > 0 && str_starts(name, database));
}

static void look_at_name(struct doctor *doctor, struct str name)
{
    const struct known *known = known_name(name);

    if (known && known->sqlite && doctor->settings->config->database.p &&
        !is_configured(doctor, name))
        doctor_find(doctor, FINDING_WARNING,
                    STR("make sure that it is not the right one, and move it away"),
                    "'%.*s' is not the database that is used", STR_ARG(name));
    else if (!known && !is_configured(doctor, name))
        doctor_find(doctor, FINDING_WARNING, STR("look what it is, and move it away"),
                    "'%.*s' is no file of an installation", STR_ARG(name));
}

struct result doctor_files(struct doctor *doctor)
{
    const char *data = doctor->settings->config->data;
    struct str_list names;

    if (failed(folder_list(doctor->arena, data, &names))) {
        doctor_find(doctor, FINDING_FAULT, STR("look whose it is"), "'%s' cannot be read: %s", data,
                    strerror(errno));
        return OK;
    }
    for (size_t i = 0; i < names.count && i < FINDINGS_MAX; i++)
        look_at_name(doctor, names.at[i]);
    return OK;
}

/* ---- attachments ---- */

/* A file is there before the row that names it: an operation may be under way. */
#define SETTLED (INT64_C(3600) * 1000000)

struct result doctor_attachments(struct doctor *doctor)
{
    const struct doctor_settings *settings = doctor->settings;
    const char *folder = instance_path(doctor->arena, settings->config, ATTACHMENT_FOLDER);
    struct str_list orphans;
    struct str_list missing;

    TRY(attachment_orphans(doctor->store, doctor->arena, folder, settings->now - SETTLED, &orphans,
                           &missing));
    if (missing.count > 0)
        doctor_find(
            doctor, FINDING_FAULT, STR("copy them from a backup"),
            "Not in '%s', or not whole, of the files that records name: %zu, such as '%.*s'",
            folder, missing.count, STR_ARG(missing.at[0]));
    if (orphans.count > 0)
        doctor_find(doctor, FINDING_WARNING,
                    STR("look whether they are of another installation, and move them away"),
                    "Named by nothing in the database, of the files in '%s': %zu, such as '%.*s'",
                    folder, orphans.count, STR_ARG(orphans.at[0]));
    return OK;
}

/* ---- the configuration ---- */

static void check_base(struct doctor *doctor)
{
    const struct doctor_settings *settings = doctor->settings;
    struct str base = settings->config->base;

    if (!base.p)
        doctor_find(doctor, FINDING_WARNING,
                    doctor_text(doctor, "write 'base \"https://...\"' into '%s'", settings->file),
                    "There is no base address: links in letters lead to this machine alone, and "
                    "passkeys work on it alone");
    else if (str_starts(base, STR("http://")) && !str_starts(base, STR("http://localhost")))
        doctor_find(doctor, FINDING_WARNING,
                    STR("put a proxy that does TLS before the server, and give the address that "
                        "begins with https://"),
                    "The base address '%.*s' is not encrypted: what people type can be read on its "
                    "way, and browsers refuse passkeys",
                    STR_ARG(base));
}

struct result doctor_configuration(struct doctor *doctor)
{
    const struct doctor_settings *settings = doctor->settings;

    if (settings->diags->errors > 0)
        doctor_find(doctor, FINDING_FAULT, STR("'assay config check' shows each with its place"),
                    "'%s' has %zu faults; the first: %.*s", settings->file, settings->diags->errors,
                    STR_ARG(settings->diags->count > 0 ? settings->diags->list[0].message
                                                       : STR("not told")));
    check_base(doctor);
    if (!settings->config->mail.server.p)
        doctor_find(doctor, FINDING_WARNING,
                    doctor_text(doctor, "write a block 'mail' into '%s'", settings->file),
                    "There is no mail server: letters stay as files in '%s', and reach nobody",
                    instance_path(doctor->arena, settings->config, MAIL_FILES));
    return OK;
}

/* ---- the clock ---- */

static struct result compare_with_journal(struct doctor *doctor)
{
    CLEANUP(query_release) struct query query = { 0 };
    char now[INSTANT_SIZE];
    char last[INSTANT_SIZE];

    TRY(query_begin(doctor->store, "SELECT at FROM journal ORDER BY position DESC LIMIT 1",
                    NO_PARAMS, &query));
    if (query_next(&query) && query_int(&query, 0) > doctor->settings->now + BEHIND_MICROSECONDS)
        doctor_find(doctor, FINDING_FAULT, STR("set the clock"),
                    "The clock says %s, but the last entry of the journal was made at %s",
                    instant_utc(doctor->settings->now, now),
                    instant_utc(query_int(&query, 0), last));
    return query_end(&query);
}

struct result doctor_clock(struct doctor *doctor)
{
    struct timex timex = { .modes = 0 };

    if (adjtimex(&timex) >= 0 && (timex.status & STA_UNSYNC))
        doctor_find(doctor, FINDING_WARNING,
                    STR("have a service such as systemd-timesyncd or chrony keep it; in a "
                        "container, look on the machine itself"),
                    "The clock is not kept by a time service");
    return doctor->store ? compare_with_journal(doctor) : OK;
}

/* ---- the disk ---- */

/* Of the database and its log, where it is a file. */
static uint64_t database_bytes(struct doctor *doctor)
{
    const char *path = instance_database(doctor->arena, doctor->settings->config);
    uint64_t bytes = 0;
    struct stat file;

    if (is_server(doctor))
        return 0;
    if (stat(path, &file) == 0)
        bytes += (uint64_t)file.st_size;
    if (stat(str_to_c(doctor->arena, doctor_text(doctor, "%s-wal", path)), &file) == 0)
        bytes += (uint64_t)file.st_size;
    return bytes;
}

static void check_room(struct doctor *doctor, const char *path, const struct statvfs *disk)
{
    uint64_t room = (uint64_t)disk->f_bavail * disk->f_frsize;
    uint64_t bytes = database_bytes(doctor);

    if (room < ROOM_NEEDED)
        doctor_find(doctor, FINDING_FAULT, STR("make room on it"),
                    "The disk of '%s' has %" PRIu64 " MiB left", path, room / MIB);
    else if (room < bytes)
        doctor_find(doctor, FINDING_WARNING,
                    STR("make room on it, or make backups on another disk"),
                    "The disk of '%s' has %" PRIu64 " MiB left, less than the %" PRIu64
                    " MiB of the database: a copy of it does not fit",
                    path, room / MIB, bytes / MIB);
    if (disk->f_files > 0 && disk->f_favail < INODES_NEEDED)
        doctor_find(doctor, FINDING_FAULT, STR("delete files that are not needed on it"),
                    "The disk of '%s' has room for %" PRIu64 " more files", path,
                    (uint64_t)disk->f_favail);
    if (disk->f_flag & ST_RDONLY)
        doctor_find(doctor, FINDING_FAULT, STR("mount it for writing"),
                    "The disk of '%s' can only be read", path);
}

struct result doctor_disk(struct doctor *doctor)
{
    const char *data = doctor->settings->config->data;
    struct statvfs disk;

    if (statvfs(data, &disk) == 0)
        check_room(doctor, data, &disk);
    else
        doctor_find(doctor, FINDING_FAULT, STR("look whether --data names the right folder"),
                    "The disk of '%s' cannot be asked: %s", data, strerror(errno));
    return OK;
}
