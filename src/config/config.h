/*
 * config.h - how an installation is set up: what its file assay.conf and the options of the
 * command say, and a default for all that they do not say.
 *
 * The table of the settings is in setting.c. Faults of the file go to diags, all of them; a
 * configuration that has any is not used.
 */
#ifndef ASSAY_CONFIG_CONFIG_H
#define ASSAY_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/diag.h"
#include "base/result.h"
#include "base/str.h"

#define CONFIG_FILE_NAME "assay.conf"
#define CONFIG_FILE_MAX ((size_t)1024 * 1024)
#define CONFIG_SETTINGS_MAX 64

enum config_addresses { ADDRESSES_NONE, ADDRESSES_BLURRED, ADDRESSES_WHOLE };

struct config_networks {
    struct network *at;
    size_t count;
    size_t room;
};

struct config_limits {
    int64_t connections; /* in all */
    int64_t connections_per_client;
    int64_t requests_per_connection;
    int64_t idle;  /* milliseconds, as are the two that follow */
    int64_t head;  /* for a head to arrive */
    int64_t grace; /* for requests to end when the server stops */
    int64_t body;  /* bytes, as are those of memory */
    int64_t memory;
    int64_t loops;
    int64_t workers;
    int64_t queue;
};

/* Microseconds. */
struct config_accounts {
    int64_t session_idle;     /* without use, after which a session ends */
    int64_t session_absolute; /* from its beginning */
    int64_t recovery_wait;    /* between the second approval and the end of a recovery */
};

enum config_security { SECURITY_STARTTLS, SECURITY_TLS, SECURITY_NONE };

/* Paths are relative to the folder of the file; texts that are not said are STR_NONE. */
struct config_mail {
    struct str server; /* its name or address; STR_NONE: letters become files */
    int64_t port;      /* 0: that which goes with the security */
    enum config_security security;
    struct str user;
    struct str password_file;        /* the file's first line is the password */
    struct str password_environment; /* or the environment has it under this name */
    struct str certificates;         /* a file of those to trust; STR_NONE: the machine's */
    struct str from;
    struct str name; /* before the address; STR_NONE: that of the organisation */
    struct str reply_to;
    int64_t patience;    /* for an answer of the server, in milliseconds */
    int64_t digest_hour; /* at which news of a day leave */
};

enum config_origin { ORIGIN_DEFAULT, ORIGIN_FILE, ORIGIN_OPTION };

struct config {
    struct str base;     /* "https://standards.example.org"; STR_NONE: http://localhost and port */
    struct str address;  /* numeric, to listen at */
    int64_t port;        /* 0: any free one */
    struct str scheme;   /* its folder; STR_NONE: not said */
    struct str database; /* a path, or postgres://...; STR_NONE: assay.db in the folder */
    struct str zone;     /* STR_NONE: that of the scheme */
    struct config_networks proxies; /* that are trusted to name their clients */
    int64_t admin_port;             /* on this machine alone; 0: none */
    struct str log; /* the file of the access log; "-" is standard output, STR_NONE no log */
    enum config_addresses log_addresses;
    struct config_limits limits;
    struct config_accounts accounts;
    struct config_mail mail;

    /* Where each setting comes from, in the order of the table. */
    enum config_origin origins[CONFIG_SETTINGS_MAX];
    struct span places[CONFIG_SETTINGS_MAX]; /* ORIGIN_FILE */

    /* What only the command line says. */
    const char *data; /* the folder of the installation */
    bool dev;         /* pages are read from the source tree, anew for each request */
};

/* All defaults. */
void config_init(struct config *config);

/*
 * Reads a file into what config_init made. ERROR_READ (errno tells why) and ERROR_LIMIT where it
 * cannot be read, ERROR_INPUT where it has faults. Names of files in it are relative to its folder.
 */
RESULT config_read(struct arena *arena, const char *path, struct diags *diags,
                   struct config *config);

/* The same from a text, whose name stands for the file's. */
RESULT config_parse(struct arena *arena, const struct source *source, struct diags *diags,
                    struct config *config);

/*
 * Sets a setting by its name as an option of the command line does; it goes before the file's.
 * NULL, or what would have been expected: "a number from 0 to 65535".
 */
NODISCARD const char *config_set(struct arena *arena, struct config *config, const char *name,
                                 struct str value);

/* A text as a file has it: in quotes, with what would end it escaped. In the arena. */
struct str config_text(struct arena *arena, struct str text);

/* A database as others may see it: without the password of a postgres://... In the arena. */
struct str config_database_shown(struct arena *arena, struct str database);

/* The address of the site, for links that must be whole; STR_NONE where it is known only once the
   server listens. */
struct str config_base(struct arena *arena, const struct config *config);

/* Where the file sets it; no place where it does not. */
struct span config_place(const struct config *config, const char *name);

/* One setting in words. */
struct config_line {
    const char *name;  /* "port", "limits body" */
    const char *block; /* "limits"; NULL: it stands in none */
    struct str value;  /* as the file would have it, or what its absence means */
    bool absent;       /* the value is the meaning of its absence */
    struct str from;   /* "default", "FILE:LINE" or "--port" */
};

size_t config_setting_count(void);

/* Of the setting of that index. */
struct config_line config_describe(struct arena *arena, const struct config *config, size_t i);

#endif
