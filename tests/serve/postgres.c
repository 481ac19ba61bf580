/*
 * A PostgreSQL server for tests that drive the program: prints the address of an empty database,
 * and then does what it is told, a letter each: s, stop; g, go on; f, fill the disk; e, empty it;
 * n, another database, whose address it prints. After each it prints a line. It ends with its
 * input. Status 77 where PostgreSQL is not installed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "engine.h"
#include "server.h"

static void obey(int letter)
{
    switch (letter) {
    case 's':
        server_stop();
        break;
    case 'g':
        server_start();
        break;
    case 'f':
    case 'e':
        server_fill_disk(letter == 'f');
        break;
    case 'n':
        puts(engine_database());
        break;
    default:
        exit(1);
    }
    if (letter != 'n')
        puts("done");
}

int main(void)
{
    int letter;

    if (!server_begin())
        return 77;
    puts(engine_database());
    fflush(stdout);
    while ((letter = getchar()) != EOF) {
        obey(letter);
        fflush(stdout);
    }
    server_end();
    return 0;
}
