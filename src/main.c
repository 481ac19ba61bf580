/*
 * main.c - wiring: looks up once what stands outside the program and hands it down.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/commands.h"
#include "web/serve.h"

#define SECONDS_OF_DAY 86400

static struct timespec clock_now(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        BUG("there is no clock");
    return now;
}

/* What is set and not empty, as the locale variables ask to be read. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

/* LC_ALL goes before LC_CTYPE, and both before LANG. */
static bool locale_is_utf8(void)
{
    const char *locale = variable("LC_ALL");

    if (!locale)
        locale = variable("LC_CTYPE");
    if (!locale)
        locale = variable("LANG");
    return locale && (strcasestr(locale, "utf-8") || strcasestr(locale, "utf8"));
}

static int terminal_width(int fd)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return OUTPUT_WIDTH;
    if (size.ws_col < OUTPUT_WIDTH_MIN)
        return OUTPUT_WIDTH_MIN;
    return size.ws_col > OUTPUT_WIDTH_MAX ? OUTPUT_WIDTH_MAX : size.ws_col;
}

static struct output output_on(FILE *file)
{
    const char *terminal = variable("TERM");
    struct output out = { .file = file, .width = OUTPUT_WIDTH, .utf8 = locale_is_utf8() };

    if (isatty(fileno(file))) {
        out.terminal = true;
        out.width = terminal_width(fileno(file));
        out.colour = terminal && strcmp(terminal, "dumb") != 0 && !variable("NO_COLOR");
    }
    return out;
}

int main(int argc, char **argv)
{
    struct timespec now = clock_now();
    struct surroundings around = {
        .today = (day)(now.tv_sec / SECONDS_OF_DAY),
        .now = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000,
        .scheme = variable("ASSAY_SCHEME"),
        .out = output_on(stdout),
        .err = output_on(stderr),
        .serve = serve,
    };

    return (int)cli_run(argc, argv, &around);
}
