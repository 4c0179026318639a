package dev.listrakrelay;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Runs the tests of the routes that deliver events, in one JVM, one after the other. See {@link RoutesSuite}. */
@Suite
@ConfigurationParameter(key = "junit.jupiter.execution.parallel.enabled", value = "false")
@SelectPackages("dev.listrakrelay.routes")
@IncludeClassNamePatterns(".*Test")
@IncludeTags(DeliverySuite.TAG)
class DeliverySuite {

    static final String TAG = "delivery";
}
