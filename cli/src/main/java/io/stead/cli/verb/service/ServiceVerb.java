package io.stead.cli.verb.service;

import io.stead.cli.shell.ServiceConverter;
import io.stead.cli.verb.ChangeVerb;
import io.stead.cli.verb.Surroundings;
import io.stead.model.ServiceName;
import picocli.CommandLine.Parameters;

/** A verb about one service. */
abstract class ServiceVerb extends ChangeVerb {
    @Parameters(
            paramLabel = "SERVICE",
            converter = ServiceConverter.class,
            description = "The service's name; see `stead services`.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private ServiceName service;

    ServiceVerb(Surroundings surroundings) {
        super(surroundings);
    }

    final ServiceName service() {
        return service;
    }

    @Override
    protected final String resource() {
        return service.value();
    }
}
