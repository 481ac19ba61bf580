#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "unit.h"

static struct address parsed(const char *text)
{
    struct address address;

    if (!address_parse(str_from_c(text), &address))
        fail_msg("%s was not understood", text);
    return address;
}

static void check_text(struct address address, const char *expected)
{
    char text[ADDRESS_TEXT_SIZE];

    assert_string_equal(address_text(address, text), expected);
}

static void reads_and_writes_addresses(void **state)
{
    (void)state;
    check_text(parsed("192.0.2.1"), "192.0.2.1");
    check_text(parsed("2001:DB8:0:0::5"), "2001:db8::5");
    check_text(parsed("::ffff:192.0.2.1"), "192.0.2.1");
    check_text((struct address){ .family = FAMILY_NONE }, "-");
}

static void refuses_what_is_no_address(void **state)
{
    static const struct str texts[] = {
        STR(""),
        STR("192.0.2"),
        STR("192.0.2.1:80"),
        STR("[::1]"),
        STR("localhost"),
        STR("192.0.2.1 "),
        STR("192.0.2.256"),
        STR("192.0.2.1\0"),
        STR("1::2::3"),
        STR("1111:1111:1111:1111:1111:1111:1111:1111:1111:1111"),
    };
    struct address address;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (address_parse(texts[i], &address))
            fail_msg("text %zu was understood", i);
    }
}

static void knows_this_machine(void **state)
{
    (void)state;
    assert_true(address_is_loopback(parsed("127.8.0.1")));
    assert_true(address_is_loopback(parsed("::1")));
    assert_true(address_is_loopback(parsed("::ffff:127.0.0.1")));
    assert_false(address_is_loopback(parsed("::2")));
    assert_false(address_is_loopback(parsed("128.0.0.1")));
    assert_false(address_is_loopback((struct address){ .family = FAMILY_NONE }));
}

static void cuts_addresses(void **state)
{
    (void)state;
    check_text(address_network(parsed("192.0.2.77")), "192.0.2.77");
    check_text(address_network(parsed("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::");
    check_text(address_blurred(parsed("192.0.2.77")), "192.0.2.0");
    check_text(address_blurred(parsed("2001:db8:1:2:3:4:5:6")), "2001:db8:1::");
}

static void takes_addresses_from_sockets(void **state)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    struct sockaddr other = { .sa_family = AF_UNIX };

    (void)state;
    check_text(address_of((struct sockaddr *)&v4), "192.0.2.1");
    check_text(address_of((struct sockaddr *)&v6), "::1");
    check_text(address_of(&other), "-");
    check_text(address_of(NULL), "-");
}

static struct network network(const char *text)
{
    struct network network;

    if (!network_parse(str_from_c(text), &network))
        fail_msg("%s was not understood", text);
    return network;
}

static void networks_hold_what_begins_like_them(void **state)
{
    (void)state;
    assert_true(network_holds(network("10.0.0.0/8"), parsed("10.255.0.1")));
    assert_false(network_holds(network("10.0.0.0/8"), parsed("11.0.0.1")));
    assert_true(network_holds(network("192.0.2.64/26"), parsed("192.0.2.127")));
    assert_false(network_holds(network("192.0.2.64/26"), parsed("192.0.2.128")));
    assert_true(network_holds(network("192.0.2.7"), parsed("192.0.2.7")));
    assert_false(network_holds(network("192.0.2.7"), parsed("192.0.2.6")));
    assert_true(network_holds(network("2001:db8::/33"), parsed("2001:db8:7fff::1")));
    assert_false(network_holds(network("2001:db8::/33"), parsed("2001:db8:8000::1")));
    assert_true(network_holds(network("0.0.0.0/0"), parsed("203.0.113.9")));
    assert_false(network_holds(network("0.0.0.0/0"), parsed("::1")));
    assert_false(network_holds(network("::/0"), parsed("127.0.0.1")));
    assert_false(network_holds(network("::/0"), (struct address){ .family = FAMILY_NONE }));
}

static void networks_are_written_as_they_are_read(void **state)
{
    static const char *const texts[] = { "10.0.0.0/8",    "192.0.2.7", "::1",
                                         "2001:db8::/32", "::/0",      "0.0.0.0/0" };
    char text[NETWORK_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        assert_string_equal(network_text(network(texts[i]), text), texts[i]);
    assert_string_equal(network_text(network("192.0.2.7/32"), text), "192.0.2.7");
}

static void refuses_what_is_no_network(void **state)
{
    static const struct str texts[] = {
        STR(""),           STR("10.0.0.0/"),   STR("10.0.0.0/33"),
        STR("10.0.0.1/8"), STR("::1/129"),     STR("::1/64"),
        STR("/8"),         STR("10.0.0.0/-1"), STR("10.0.0.0/8/8"),
        STR("localhost"),  STR("10.0.0.0/ 8"),
    };
    struct network read;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (network_parse(texts[i], &read))
            fail_msg("text %zu was understood", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes_addresses),
        cmocka_unit_test(refuses_what_is_no_address),
        cmocka_unit_test(knows_this_machine),
        cmocka_unit_test(cuts_addresses),
        cmocka_unit_test(takes_addresses_from_sockets),
        cmocka_unit_test(networks_hold_what_begins_like_them),
        cmocka_unit_test(networks_are_written_as_they_are_read),
        cmocka_unit_test(refuses_what_is_no_network),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
