/*
 * disk_shim.h - a disk for SQLite that fails when it is told to, over the real one.
 */
#ifndef ASSAY_TESTS_DISK_SHIM_H
#define ASSAY_TESTS_DISK_SHIM_H

#include <stdbool.h>
#include <stdint.h>

struct disk {
    int64_t fail_at; /* the how-manieth change of a file from now on fails: 0, none; 1, the next */
    bool for_good;   /* and so does every one after it */
    bool fail_syncs; /* all of them */
    int write_code;  /* what SQLite is told of a write that fails, and of a sync */
    int sync_code;
    int system_error; /* errno then */

    int64_t changes; /* writes, truncations and syncs so far */
    int64_t syncs;   /* of write-ahead logs */
};

extern struct disk disk;

/* Puts the shim between SQLite and the disk, for all databases that are opened from now on. */
void disk_install(void);

#endif
