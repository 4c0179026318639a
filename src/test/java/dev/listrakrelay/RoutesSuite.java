package dev.listrakrelay;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Runs the tests of the routes in one JVM, one after the other, so that Quarkus starts the relay once per profile. They mostly
 * wait, so the tests of delivery, in {@link DeliverySuite}, and the other unit tests run beside them.
 */
@Suite
@ConfigurationParameter(key = "junit.jupiter.execution.parallel.enabled", value = "false")
@SelectPackages("dev.listrakrelay.routes")
@IncludeClassNamePatterns(".*Test")
@ExcludeTags(DeliverySuite.TAG)
class RoutesSuite {}
