#include "raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/result.h"

const char raw_insertion[] = "INSERT INTO assay_bench (owner, at, body) VALUES ($1, $2, $3)";

int64_t raw_microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void raw_give_up(const char *what, const char *why)
{
    fprintf(stderr, "store: %s: %s\n", what, why);
    exit(EXIT_SYSTEM);
}

void raw_row(uint64_t number, struct raw_row *ret)
{
    uint64_t mixed = (number + 1) * 0x9E3779B97F4A7C15u;

    ret->owner = (int64_t)(mixed >> 44);
    ret->at = (int64_t)number;
    memset(ret->body, 'a' + (int)(mixed % 26), sizeof(ret->body));
}

void raw_remove_files(const char *path)
{
    static const char *const endings[] = { "", "-wal", "-shm" };
    char name[4200];

    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        snprintf(name, sizeof(name), "%s%s", path, endings[i]);
        unlink(name);
    }
}
