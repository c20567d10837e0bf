/* base/streams: the standard streams, which may be closed, full or broken. */
#include "base/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fatal.h"

void streams_open(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

int streams_close(int status)
{
    errno = 0;
    bool arrived = fflush(stdout) == 0 && !ferror(stdout);
    if (arrived || status != EXIT_OK)
        return status;
    fprintf(stderr, "continuo: cannot write to the standard output: %s\n",
            errno != 0 ? strerror(errno) : "not all of it arrived");
    return EXIT_MACHINE;
}
