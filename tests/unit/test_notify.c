#include "web/notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "unit.h"

/* A socket that stands in no folder, as a manager may have one; gives its name as NOTIFY_SOCKET
   would hold it. */
static int manager(char name[64])
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    int n = snprintf(name, 64, "@assay-notify-%ld", (long)getpid());

    memcpy(address.sun_path + 1, name + 1, (size_t)n - 1);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)n)),
                     0);
    return fd;
}

static void the_manager_is_told(void **state)
{
    char name[64];
    char got[64] = { 0 };
    int fd = manager(name);

    (void)state;
    setenv("NOTIFY_SOCKET", name, 1);
    notify_manager("READY=1");
    assert_int_equal(recv(fd, got, sizeof(got) - 1, MSG_DONTWAIT), 7);
    assert_string_equal(got, "READY=1");
    close(fd);
    unsetenv("NOTIFY_SOCKET");
}

static void nobody_is_told_where_nobody_asks(void **state)
{
    static const char *const names[] = { "", "@", "relative", "/nonexistent/socket",
                                         "@assay-nobody-listens-here" };
    char name[64];
    char got[64];
    int fd = manager(name);

    (void)state;
    unsetenv("NOTIFY_SOCKET");
    notify_manager("READY=1");
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        setenv("NOTIFY_SOCKET", names[i], 1);
        notify_manager("READY=1");
    }
    assert_int_equal(recv(fd, got, sizeof(got), MSG_DONTWAIT), -1);
    close(fd);
    unsetenv("NOTIFY_SOCKET");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manager_is_told),
        cmocka_unit_test(nobody_is_told_where_nobody_asks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
