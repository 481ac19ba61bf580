#include "http/address_counts.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

/*
 * A hash table with open addressing, twice as large as there can be networks in it. Who connects
 * chooses the keys, and so could choose them to collide; at most connections_max of them are in
 * the table at once, which bounds what that costs.
 */
struct count {
    struct address network;
    size_t connections; /* 0: the place is free */
};

struct address_counts {
    pthread_mutex_t lock;
    size_t connections;
    size_t connections_max;
    size_t places;
    struct count *at;
};

struct address_counts *address_counts_new(size_t connections_max)
{
    struct address_counts *counts = memory_alloc(1, sizeof(*counts));

    pthread_mutex_init(&counts->lock, NULL);
    counts->connections_max = connections_max;
    counts->places = connections_max * 2 + 1;
    counts->at = memory_alloc(counts->places, sizeof(*counts->at));
    return counts;
}

void address_counts_free(struct address_counts *counts)
{
    if (!counts)
        return;
    pthread_mutex_destroy(&counts->lock);
    memory_free(counts->at);
    memory_free(counts);
}

static bool same(struct address a, struct address b)
{
    return a.family == b.family && memcmp(a.bytes, b.bytes, sizeof(a.bytes)) == 0;
}

static size_t home(const struct address_counts *counts, struct address network)
{
    return str_hash((struct str){ (const char *)network.bytes, sizeof(network.bytes) }) %
           counts->places;
}

/* The place of a network, or the free one where it would stand. */
static size_t place_of(const struct address_counts *counts, struct address network)
{
    size_t i = home(counts, network);

    while (counts->at[i].connections > 0 && !same(counts->at[i].network, network))
        i = (i + 1) % counts->places;
    return i;
}

size_t address_counts_enter(struct address_counts *counts, struct address network)
{
    size_t now = SIZE_MAX;

    pthread_mutex_lock(&counts->lock);
    if (counts->connections < counts->connections_max) {
        struct count *count = &counts->at[place_of(counts, network)];

        counts->connections++;
        count->network = network;
        now = ++count->connections;
    }
    pthread_mutex_unlock(&counts->lock);
    return now;
}

/* Moves the entries that follow a place that became free, so that each is found from its home. */
static void close_gap(struct address_counts *counts, size_t gap)
{
    size_t i = (gap + 1) % counts->places;

    while (counts->at[i].connections > 0) {
        struct count moved = counts->at[i];

        counts->at[i].connections = 0;
        counts->at[place_of(counts, moved.network)] = moved;
        i = (i + 1) % counts->places;
    }
}

void address_counts_leave(struct address_counts *counts, struct address network)
{
    size_t i;

    pthread_mutex_lock(&counts->lock);
    i = place_of(counts, network);
    BUG_IF(counts->at[i].connections == 0);
    counts->connections--;
    if (--counts->at[i].connections == 0)
        close_gap(counts, i);
    pthread_mutex_unlock(&counts->lock);
}
