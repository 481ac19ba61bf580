#include "web/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/files.h"
#include "http/metrics.h"

#define STATM_MAX ((size_t)4096)
#define PAGES_MAX ((int64_t)1 << 48) /* so that a number of bytes fits 64 bits */

/* Sizes in pages: the whole of it, then what is in memory. */
static void write_memory(struct arena *arena, struct buf *out)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    struct str statm;
    struct str whole;
    struct str resident;
    int64_t pages;

    if (failed(file_read(arena, "/proc/self/statm", STATM_MAX, &statm)))
        return;
    (void)str_split(str_split(statm, ' ', &whole), ' ', &resident);
    if (str_to_int(whole, 0, PAGES_MAX, &pages))
        metrics_write_one(out, "process_virtual_memory_bytes", "gauge",
                          "Virtual memory of the process.", (uint64_t)pages * page);
    if (str_to_int(resident, 0, PAGES_MAX, &pages))
        metrics_write_one(out, "process_resident_memory_bytes", "gauge",
                          "Memory of the process that is present.", (uint64_t)pages * page);
}

static void write_time(struct buf *out)
{
    const char *name = "process_cpu_seconds_total";
    struct rusage usage;
    int64_t us;

    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return;
    us = (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
         usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    metrics_write_head(out, name, "counter", "Time of processors that the process has used.");
    buf_format(out, "%s %lld.%06lld\n", name, (long long)(us / 1000000), (long long)(us % 1000000));
}

static void write_files(struct arena *arena, struct buf *out)
{
    struct str_list open;
    struct rlimit limit;

    if (!failed(folder_list(arena, "/proc/self/fd", &open)))
        metrics_write_one(out, "process_open_fds", "gauge", "Descriptors that are open.",
                          open.count);
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        metrics_write_one(out, "process_max_fds", "gauge", "Descriptors that may be open.",
                          limit.rlim_cur);
}

void process_write_metrics(int64_t since, struct buf *out)
{
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    write_memory(&arena, out);
    write_time(out);
    write_files(&arena, out);
    metrics_write_one(out, "process_start_time_seconds", "gauge",
                      "When the process began, in seconds since 1970.", (uint64_t)since);
    arena_release(&arena);
}
