/** How settings and the program itself are called, for all who print that: keys, environment variables, the command. */
package dev.listrakrelay.settings;
