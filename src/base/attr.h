/*
 * attr.h - the few compiler attributes and macros that every room uses.
 */
#ifndef ASSAY_BASE_ATTR_H
#define ASSAY_BASE_ATTR_H

#include <stddef.h>

#define NODISCARD __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* Runs release(&variable) when the variable's scope ends. For handles, never for arena memory. */
#define CLEANUP(release) __attribute__((cleanup(release)))

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* Reports a mistake of ours, never one of the input, and aborts. */
NORETURN PRINTF_LIKE(3, 4) void bug_at(const char *file, int line, const char *fmt, ...);

#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
#define BUG_IF(condition)                                                                          \
    do {                                                                                           \
        if (condition)                                                                             \
            BUG("%s", #condition);                                                                 \
    } while (0)

#endif
