#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/attr.h"

static struct address from_v6(const uint8_t bytes[16])
{
    static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
    struct address address = { .family = FAMILY_V6 };

    if (memcmp(bytes, mapped, sizeof(mapped)) == 0) {
        address.family = FAMILY_V4;
        memcpy(address.bytes, bytes + sizeof(mapped), 4);
    } else {
        memcpy(address.bytes, bytes, 16);
    }
    return address;
}

struct address address_of(const struct sockaddr *socket_address)
{
    struct address address = { .family = FAMILY_NONE };
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;

    if (socket_address && socket_address->sa_family == AF_INET) {
        memcpy(&v4, socket_address, sizeof(v4));
        address.family = FAMILY_V4;
        memcpy(address.bytes, &v4.sin_addr, 4);
    } else if (socket_address && socket_address->sa_family == AF_INET6) {
        memcpy(&v6, socket_address, sizeof(v6));
        address = from_v6(v6.sin6_addr.s6_addr);
    }
    return address;
}

bool address_parse(struct str s, struct address *ret)
{
    char text[ADDRESS_TEXT_SIZE] = { 0 };
    uint8_t bytes[16] = { 0 };

    if (s.n == 0 || s.n >= sizeof(text) || memchr(s.p, '\0', s.n))
        return false;
    memcpy(text, s.p, s.n);
    if (inet_pton(AF_INET, text, bytes) == 1) {
        *ret = (struct address){ .family = FAMILY_V4 };
        memcpy(ret->bytes, bytes, 4);
        return true;
    }
    if (inet_pton(AF_INET6, text, bytes) != 1)
        return false;
    *ret = from_v6(bytes);
    return true;
}

bool address_is_loopback(struct address address)
{
    static const uint8_t one[16] = { [15] = 1 };

    if (address.family == FAMILY_V4)
        return address.bytes[0] == 127;
    return address.family == FAMILY_V6 && memcmp(address.bytes, one, sizeof(one)) == 0;
}

static struct address cut(struct address address, size_t v4_bytes, size_t v6_bytes)
{
    size_t kept = address.family == FAMILY_V4 ? v4_bytes : v6_bytes;

    memset(address.bytes + kept, 0, sizeof(address.bytes) - kept);
    return address;
}

struct address address_network(struct address address)
{
    return cut(address, 4, 8);
}

struct address address_blurred(struct address address)
{
    return cut(address, 3, 6);
}

const char *address_text(struct address address, char out[ADDRESS_TEXT_SIZE])
{
    int family = address.family == FAMILY_V4 ? AF_INET : AF_INET6;

    if (address.family == FAMILY_NONE || !inet_ntop(family, address.bytes, out, ADDRESS_TEXT_SIZE))
        memcpy(out, "-", 2);
    return out;
}

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
