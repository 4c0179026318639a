package dev.listrakrelay.admin;

/** Some of the calls of the administration API, all of one subject. */
interface AdminCalls {

    /** Adds them, those with fixed paths before those with a variable in the same place. */
    void add(AdminRoutes routes);
}
