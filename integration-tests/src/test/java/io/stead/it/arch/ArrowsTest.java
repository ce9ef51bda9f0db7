package io.stead.it.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

/** Which part may use which. The modules' class paths hold most of it already; these say the rest, and say why. */
final class ArrowsTest {

    @Test
    void common_usesTheLanguageAndItself() {
        classes()
                .that()
                .resideInAnyPackage(House.COMMON)
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(House.COMMON)
                        .or(JavaClass.Predicates.resideInAnyPackage("java..", "org.jspecify.."))
                        .or(primitives()))
                .because("a decision must be the same in the leader, the simulation and a test")
                .check(House.CLASSES);
    }

    @Test
    void zooKeeper_isTouchedByStoreSessionAndServerOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.stead.schema.store..", "io.stead.schema.session..", "io.stead.schema.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.curator..", "org.apache.zookeeper..", "org.apache.jute..")
                .because("everybody else sees views and transactions, so that nothing else knows a path or a watch")
                .check(House.CLASSES);
    }

    @Test
    void agent_doesNotSeeTheCli() {
        noClasses()
                .that()
                .resideInAPackage("io.stead.agent..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.stead.cli..")
                .because("they meet in ZooKeeper, and are installed apart")
                .check(House.CLASSES);
    }

    @Test
    void cli_doesNotSeeTheAgent() {
        noClasses()
                .that()
                .resideInAPackage("io.stead.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.stead.agent..")
                .because("they meet in ZooKeeper, and are installed apart")
                .check(House.CLASSES);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("io.stead.(**)").should().beFreeOfCycles().check(House.CLASSES);
    }

    private static DescribedPredicate<JavaClass> primitives() {
        return DescribedPredicate.describe(
                "primitives", type -> type.getBaseComponentType().isPrimitive());
    }
}
