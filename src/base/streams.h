/* base/streams: the standard streams, which may be closed, full or broken.
 *
 * A program started with one of them closed would get its number for the next file it opens,
 * and what is printed would land in that file. */
#ifndef BASE_STREAMS_H
#define BASE_STREAMS_H

/* First of all in main: what is closed takes its number, and refuses to be written. */
void streams_open(void);

/* Last of all: the exit status, which is EXIT_MACHINE instead of EXIT_OK, after a message, when
 * not all that was printed has arrived. */
int streams_close(int status);

#endif
