package dev.listrakrelay.admin;

/** Adds the calls of one subject to the administration API. */
interface AdminCalls {

    /** Adds the calls. A fixed path has to be added before a path with a variable in the same position. */
    void add(AdminRoutes routes);
}
