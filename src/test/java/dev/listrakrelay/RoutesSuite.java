package dev.listrakrelay;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Runs the tests of the routes in one JVM, one after the other, so that Quarkus starts the relay only three times. They mostly wait,
 * so {@link ProfilesSuite} and the other unit tests run beside them.
 */
@Suite
@ConfigurationParameter(key = "junit.jupiter.execution.parallel.enabled", value = "false")
@SelectPackages("dev.listrakrelay.routes")
@IncludeClassNamePatterns(".*Test")
@ExcludeClassNamePatterns(ProfilesSuite.CLASSES)
class RoutesSuite {}
