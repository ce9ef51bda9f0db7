package io.stead.it.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What decides gets everything it needs as arguments: no I/O, clock, randomness, threads or environment of its own. */
final class PurityTest {

    private static final String WHY =
            "the same view and the same Now must give the same decision, wherever it is asked";

    /** All others of {@link System} read or change the process, the console or the clock. */
    private static final Set<String> HARMLESS_SYSTEM_METHODS = Set.of("arraycopy", "identityHashCode", "lineSeparator");

    @Test
    void deciders_doNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(House.PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "javax.net..", "java.util.logging..")
                .because(WHY)
                .check(House.CLASSES);
    }

    @Test
    void deciders_startAndAwaitNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(House.PURE)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.assignableTo(Thread.class)
                        .or(JavaClass.Predicates.assignableTo(ThreadLocal.class))
                        .or(JavaClass.Predicates.resideInAPackage("java.util.concurrent..")))
                .because(WHY)
                .check(House.CLASSES);
    }

    @Test
    void deciders_rollNoDice() {
        noClasses()
                .that()
                .resideInAnyPackage(House.PURE)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.assignableTo(RandomGenerator.class))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(StrictMath.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .because(WHY)
                .check(House.CLASSES);
    }

    @Test
    void deciders_readNoClockAndNoEnvironment() {
        noClasses()
                .that()
                .resideInAnyPackage(House.PURE)
                .should()
                .accessTargetWhere(readsAClock().or(readsTheProcess()))
                .because(WHY)
                .check(House.CLASSES);
    }

    /** {@code now()} of anything in java.time, and every {@link java.time.Clock}. */
    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        return target("a clock", target -> {
            String owner = target.getOwner().getName();
            return owner.equals("java.time.Clock")
                    || (owner.startsWith("java.time.") && target.getName().equals("now"));
        });
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheProcess() {
        return target("the process or its environment", target -> {
            String owner = target.getOwner().getName();
            return owner.equals("java.lang.Runtime")
                    || owner.equals("java.lang.ProcessHandle")
                    || owner.equals("java.lang.ProcessBuilder")
                    || (owner.equals("java.lang.System") && !HARMLESS_SYSTEM_METHODS.contains(target.getName()));
        });
    }

    private static DescribedPredicate<JavaAccess<?>> target(String description, Predicate<AccessTarget> test) {
        return DescribedPredicate.describe(description, access -> test.test(access.getTarget()));
    }
}
