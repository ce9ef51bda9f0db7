package io.stead.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.agent.life.Trouble;
import io.stead.schema.install.EnsembleConf;
import io.stead.schema.spec.ConnectString;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C2")
class TickTest {
    private static final Optional<Duration> NOTHING = Optional.empty();
    private static final EnsembleConf SILENT = new EnsembleConf.Silent();
    private static final EnsembleConf FORBIDDEN = new EnsembleConf.Forbidden();

    @Test
    void whatTheEnsembleSays_isTaken() {
        assertThat(tick(NOTHING, said(500))).isEqualTo(known(500));
    }

    @Test
    void aLargerOneThanTheEnsembles_isSafe() {
        assertThat(tick(configured(2000), said(500))).isEqualTo(known(2000));
        assertThat(tick(configured(500), said(500))).isEqualTo(known(500));
    }

    @Test
    void aSmallerOneThanTheEnsembles_isRefused() {
        assertThat(tick(configured(200), said(2000))).isInstanceOfSatisfying(Tick.Refused.class, refused -> {
            assertThat(refused.trouble().code()).isEqualTo(Trouble.ExitCode.REFUSED);
            assertThat(refused.trouble().line()).contains("zookeeper.tick is 200 ms", "2000 ms");
        });
    }

    @Test
    void whileNobodyTells_theConfiguredOneIsTaken_orTheServersAreAskedAgain() {
        assertThat(tick(configured(200), SILENT)).isEqualTo(known(200));
        assertThat(tick(configured(200), FORBIDDEN)).isEqualTo(known(200));
        assertThat(tick(NOTHING, SILENT)).isEqualTo(new Tick.NotYet());
    }

    @Test
    void whereNobodyMayTell_itMustBeConfigured() {
        assertThat(tick(NOTHING, FORBIDDEN))
                .isInstanceOfSatisfying(
                        Tick.Refused.class,
                        refused -> assertThat(refused.trouble().line()).contains("allow conf", "zookeeper.tick"));
    }

    private static Tick tick(Optional<Duration> configured, EnsembleConf said) {
        return Tick.of(configured, said, ConnectString.LOCAL);
    }

    private static Optional<Duration> configured(int millis) {
        return Optional.of(Duration.ofMillis(millis));
    }

    private static EnsembleConf said(int millis) {
        return new EnsembleConf.Tick(Duration.ofMillis(millis), 2);
    }

    private static Tick known(int millis) {
        return new Tick.Known(Duration.ofMillis(millis));
    }
}
