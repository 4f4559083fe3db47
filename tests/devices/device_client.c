/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device_client ACTION=EXPECTED...: opens instruments by their names, as a program would.
 *
 *   NAME         opens and closes that: its serial number, or the name of an error's code
 *   text:WORDS   "yes" when the last error's text has these words
 *   list         all that is plugged in, joined by commas: driver@path; ? = not certain, ! = cannot
 *                be opened
 *   trace=FILE   from here on, what is opened is recorded there
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/devices.h>

enum { HURRY = 2 };

typedef struct client {
    FILE *trace;
    tns_error err;
    char said[256];
} client;

static tns_instrument *open_by(client *self, const char *name)
{
    const tns_port_options options = {.hurry = HURRY, .trace = self->trace};
    self->err = (tns_error){.code = TNS_OK};
    tns_instrument *opened = tns_device_open(name, NULL, &options, NULL, &self->err);
    snprintf(self->said, sizeof self->said, "%s",
             opened ? tns_instrument_session(opened)->serial : tns_code_name(self->err.code));
    return opened;
}

static void list(client *self)
{
    tns_device *devices = NULL;
    size_t count = 0;
    self->said[0] = '\0';
    if (!tns_devices_list(&devices, &count, &self->err))
        snprintf(self->said, sizeof self->said, "%s,", tns_code_name(self->err.code));
    for (size_t i = 0; i < count; i++) {
        size_t at = strlen(self->said);
        snprintf(self->said + at, sizeof self->said - at, "%s%s@%s%s%s", i ? "," : "",
                 devices[i].driver->name, devices[i].path, devices[i].certain ? "" : "?",
                 devices[i].access == TNS_ACCESS_OK ? "" : "!");
    }
    free(devices);
}

/* What the last error's text says. */
static void text(client *self, const char *words)
{
    strcpy(self->said, strstr(self->err.text, words) ? "yes" : "no");
}

static bool run(client *self, const char *argument)
{
    char name[160];
    const char *equals = strrchr(argument, '=');
    snprintf(name, sizeof name, "%.*s", equals ? (int)(equals - argument) : 0, argument);
    if (!equals)
        return false;
    if (strcmp(name, "trace") == 0)
        return (self->trace = fopen(equals + 1, "w")) != NULL;
    if (strcmp(name, "list") == 0)
        list(self);
    else if (strncmp(name, "text:", 5) == 0)
        text(self, name + 5);
    else
        tns_instrument_close(open_by(self, name));
    if (strcmp(self->said, equals + 1) == 0)
        return true;
    fprintf(stderr, "device_client: %s: found %s (%s)\n", argument, self->said, self->err.text);
    return false;
}

int main(int argc, char **argv)
{
    client self = {.trace = NULL};
    bool good = true;
    for (int i = 1; i < argc && good; i++)
        good = run(&self, argv[i]);
    if (self.trace)
        fclose(self.trace);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
