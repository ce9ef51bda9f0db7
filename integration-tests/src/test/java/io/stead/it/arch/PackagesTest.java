package io.stead.it.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What every package has, and how large it may grow before it is two packages. */
final class PackagesTest {

    private static final int MOST_CLASSES = 15;

    @Test
    void everyPackage_isDescribedAndNullMarked() {
        List<String> unmarked = House.CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !isNullMarked(p))
                .map(JavaPackage::getName)
                .sorted()
                .toList();

        assertThat(unmarked)
                .as("packages without a package-info.java that carries @NullMarked")
                .isEmpty();
    }

    @Test
    void everyPackage_hasAtMostFifteenClasses() {
        Map<String, Long> tooLarge = House.CLASSES.stream()
                .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        tooLarge.values().removeIf(count -> count <= MOST_CLASSES);

        assertThat(tooLarge)
                .as("packages with more than %d classes", MOST_CLASSES)
                .isEmpty();
    }

    private static boolean isNullMarked(JavaPackage p) {
        return p.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }
}
