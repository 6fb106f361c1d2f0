package io.holdfast.it.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.holdfast.client.connect.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The edges of the modules, as the plan draws them. A new edge is a decision, and starts by changing a rule here. */
class ModuleEdgesTest {

    private static final String API = "io.holdfast.client..";
    private static final String NETTY = "io.holdfast.netty..";
    private static final String HA = "io.holdfast.ha..";
    private static final String BROKER = "io.holdfast.broker..";
    private static final String SAMPLES = "io.holdfast.samples..";
    private static final String TESTKIT = "io.holdfast.testkit..";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.holdfast");

    @Test
    void the_api_needs_nothing_but_the_jdk_and_a_logging_facade() {
        classes()
                .that()
                .resideInAPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API, "java..", "javax.net.ssl..", "org.slf4j..", "org.jspecify..")
                .check(PRODUCT);
    }

    @Test
    void netty_is_seen_by_the_transport_alone_on_the_client_side() {
        noClasses()
                .that()
                .resideInAnyPackage(API, HA, SAMPLES, TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(PRODUCT);
    }

    @Test
    void the_transport_knows_no_client_and_no_broker() {
        noClasses()
                .that()
                .resideInAPackage(NETTY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HA, BROKER, SAMPLES, TESTKIT)
                .check(PRODUCT);
    }

    @Test
    void the_client_reaches_its_transport_only_through_the_seam() {
        noClasses()
                .that()
                .resideInAPackage(HA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY, BROKER, SAMPLES, TESTKIT)
                .check(PRODUCT);
    }

    @Test
    void the_broker_has_a_codec_of_its_own_so_that_a_symmetric_bug_cannot_hide() {
        noClasses()
                .that()
                .resideInAPackage(BROKER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY, HA, SAMPLES, TESTKIT, "io.holdfast.client.subscribe..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(BROKER)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.holdfast.client.connect..").and(not(type(Secret.class))))
                .because("of the seam only the value that masks a password is the broker's too")
                .check(PRODUCT);
    }

    @Test
    void the_testkit_builds_on_the_api_alone() {
        noClasses()
                .that()
                .resideInAPackage(TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY, HA, BROKER, SAMPLES)
                .check(PRODUCT);
    }

    @Test
    void nobody_reaches_into_the_internals_of_another_module() {
        for (String module : new String[] {"io.holdfast.netty", "io.holdfast.ha", "io.holdfast.broker"}) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(module + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage(module + ".internal.."))
                    .check(PRODUCT);
        }
    }

    @Test
    void the_packages_of_each_library_form_no_cycle() {
        slices().matching("io.holdfast.netty.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(PRODUCT);
        slices().matching("io.holdfast.broker.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(PRODUCT);
    }

    @Test
    void nothing_in_the_libraries_reads_the_clock_of_the_jdk_by_itself() {
        for (Class<?> clock : new Class<?>[] {System.class, Instant.class}) {
            noClasses()
                    .that()
                    .resideInAnyPackage(API, NETTY, HA)
                    .and()
                    .doNotHaveFullyQualifiedName("io.holdfast.client.spi.SystemClock")
                    .should()
                    .callMethodWhere(target(owner(name(clock.getName())))
                            .and(target(name("nanoTime"))
                                    .or(target(name("currentTimeMillis")))
                                    .or(target(name("now")))))
                    .check(PRODUCT);
        }
    }
}
