/*
 * server.h - a PostgreSQL server of a test's own, in a temporary folder, on a socket in that
 * folder, with fsync as it should be.
 */
#ifndef ASSAY_TESTS_SERVER_H
#define ASSAY_TESTS_SERVER_H

#include <stdbool.h>

/*
 * Makes a cluster and starts it. False where PostgreSQL is not installed; outside continuous
 * integration (the environment variable CI) a test may be skipped then. Any other trouble ends the
 * test. The server ends with the test, whichever way that ends.
 */
bool server_begin(void);
void server_end(void);

void server_stop(void);  /* at once, as if the power had failed */
void server_start(void); /* again */

/* Lets writes to tables fail as on a full disk, or succeed again. Writes to the log go on. */
void server_fill_disk(bool full);

const char *server_folder(void); /* of the socket: host=FOLDER user=assay dbname=postgres */

#endif
