/*
 * setting.h - the table of settings: how each is called, read and written. For config.c.
 */
#ifndef ASSAY_CONFIG_SETTING_H
#define ASSAY_CONFIG_SETTING_H

#include "base/block.h"
#include "config/config.h"

/* What a unit of a number is worth, in that of its member. */
struct setting_unit {
    const char *name;
    int64_t worth;
};

/* What values of a kind are. The detail of a row. */
struct setting_kind {
    const char *expected; /* for numbers only the beginning: "a number" */
    /* Reads a value without its quotes. NULL: it cannot be set by an option. */
    bool (*parse)(struct arena *arena, const struct setting_kind *kind, struct str text,
                  void *member);
    /* The value as a file would have it, or STR_NONE where it is absent. */
    struct str (*show)(struct arena *arena, const struct setting_kind *kind, const void *member);
    const char *absent; /* what absence means, or NULL where there is none */
    int64_t min;
    int64_t max;
    const struct setting_unit *units; /* the largest first, ended by a row without a name */
};

extern const struct block setting_block; /* of a whole file; rows of groups come last */

/* A block of settings within the file. */
struct setting_group {
    const char *name; /* of its row in setting_block */
    const struct block *block;
};
extern const struct setting_group setting_groups[];
extern const size_t setting_group_count;

/* What settings of mail must not be together. */
void config_check_mail(const struct config *config, struct diags *diags);

/* "a number from 0 to 65535" */
const char *setting_expected(struct arena *arena, const struct setting_kind *kind);

#endif
