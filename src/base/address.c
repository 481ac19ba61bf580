#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

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

/* Whether the first `bits` bits of both are the same. */
static bool same_beginning(const uint8_t *a, const uint8_t *b, size_t bits)
{
    size_t bytes = bits / 8;
    unsigned rest = bits % 8;

    if (memcmp(a, b, bytes) != 0)
        return false;
    return rest == 0 || (a[bytes] ^ b[bytes]) >> (8 - rest) == 0;
}

static bool ends_in_zeros(struct address address, size_t bits)
{
    for (size_t i = bits; i < sizeof(address.bytes) * 8; i++) {
        if (address.bytes[i / 8] >> (7 - i % 8) & 1)
            return false;
    }
    return true;
}

bool network_parse(struct str s, struct network *ret)
{
    struct network network;
    struct str first;
    struct str length = str_split(s, '/', &first);
    int64_t most;
    int64_t bits;

    if (!address_parse(first, &network.address))
        return false;
    most = network.address.family == FAMILY_V4 ? 32 : 128;
    bits = most;
    if (length.p && !str_to_int(length, 0, most, &bits))
        return false;
    network.bits = (unsigned)bits;
    if (!ends_in_zeros(network.address, network.bits))
        return false;
    *ret = network;
    return true;
}

bool network_holds(struct network network, struct address address)
{
    return address.family != FAMILY_NONE && address.family == network.address.family &&
           same_beginning(address.bytes, network.address.bytes, network.bits);
}

const char *network_text(struct network network, char out[NETWORK_TEXT_SIZE])
{
    unsigned most = network.address.family == FAMILY_V4 ? 32 : 128;
    char text[ADDRESS_TEXT_SIZE];

    address_text(network.address, text);
    if (network.bits == most)
        snprintf(out, NETWORK_TEXT_SIZE, "%s", text);
    else
        snprintf(out, NETWORK_TEXT_SIZE, "%s/%u", text, network.bits);
    return out;
}
