/**
 * A small web server, and what a pipeline says on it of its health.
 *
 * <p>In: {@link dev.glosstream.config.HttpSettings} and {@link dev.glosstream.web.Route}s. Out: answers over HTTP. The only
 * place that knows Jetty; routes are plain Java. May touch {@code config}.
 */
@NullMarked
package dev.glosstream.web;

import org.jspecify.annotations.NullMarked;
