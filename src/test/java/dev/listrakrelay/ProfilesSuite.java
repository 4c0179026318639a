package dev.listrakrelay;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Runs the tests of the routes that start the relay with a profile of their own. See {@link RoutesSuite}. */
@Suite
@ConfigurationParameter(key = "junit.jupiter.execution.parallel.enabled", value = "false")
@SelectPackages("dev.listrakrelay.routes")
@IncludeClassNamePatterns(ProfilesSuite.CLASSES)
class ProfilesSuite {

    /** The classes with {@code @TestProfile}. They are chosen by name, because Quarkus starts to build for each class that is found. */
    static final String CLASSES = ".*\\.(Accounts|Ambiguous|ColdLanes|EventConfigurationsStyle|FirstLook|Flood|Identity"
            + "|KeyRate|Park|PartialResult|Rejected|Schema|Split|Strict|Suggestions|UnknownOutcome)(Route)?Test";
}
