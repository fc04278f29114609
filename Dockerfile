# The image of Glosstream: small, non-root, content with a read-only root file system and no network. docs/containers.md.
#
# The build context is either this project, which Maven then builds here, or the program already built: a folder without
# pom.xml that holds what `COPY --from=build` below asks for. Works with BuildKit and without.
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:17-jre
# Where the CUDA runtime comes from, which DJL counts GPUs with: nvidia/cuda:12.8.1-base-ubuntu24.04 with ENGINE=cu128.
ARG CUDA_IMAGE=${RUNTIME_IMAGE}

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
RUN [ ! -f pom.xml ] || mvn -B -q -ntp -Dstyle.color=never -DskipTests package

# Unpacks libtorch, by labelling a text: what runs later writes nothing and fetches nothing. Then archives the classes of a whole
# pipeline, for quicker starts (docs/operations.md).
FROM ${RUNTIME_IMAGE} AS unpacked
# The build of libtorch: cpu, or cu128 for GPUs. Maven Central has no 2.7.1 with CUDA, so DJL downloads it here.
ARG ENGINE=cpu
WORKDIR /opt/glosstream
COPY --from=build /src/glosstream /src/LICENSE ./
COPY --from=build /src/target/glosstream.jar target/
COPY --from=build /src/target/lib target/lib
COPY --from=build /src/models models
COPY --from=build /src/topology topology
COPY --from=build /src/samples samples
COPY --from=build /src/deploy/container/health ./
RUN set -eu; \
    if [ "$ENGINE" != cpu ]; then \
      rm -f target/lib/pytorch-native-*.jar; \
      export PYTORCH_FLAVOR="$ENGINE" GLOSSTREAM_JAVA_OPTS=-Dai.djl.offline=false; \
    fi; \
    echo 'Lisbon was lovely' | DJL_CACHE_DIR=/tmp/unpacked ENGINE_CACHE_DIR=/tmp/unpacked ./glosstream label; \
    mv /tmp/unpacked/pytorch/*"-$ENGINE-"* natives; \
    rm -rf target/lib/pytorch-native-*.jar /tmp/unpacked; \
    echo 'Lisbon was lovely' >/tmp/text; \
    PYTORCH_LIBRARY_PATH="$PWD/natives" PYTORCH_FLAVOR="$ENGINE" DJL_CACHE_DIR=/tmp/djl \
      GLOSSTREAM_JAVA_OPTS="-XX:ArchiveClassesAtExit=target/glosstream.jsa -Xlog:cds=off -Xlog:cds+dynamic=off" \
      ./glosstream demo --once --events /tmp/text; \
    rm -rf /tmp/text /tmp/djl; \
    chmod -R a+rX,go-w .

FROM ${CUDA_IMAGE} AS cuda
RUN mkdir /cudart && { cp -P /usr/local/cuda/lib64/libcudart.so* /cudart/ 2>/dev/null || true; }

FROM ${RUNTIME_IMAGE} AS runtime
ARG ENGINE=cpu
RUN groupadd --gid 10001 glosstream && \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/glosstream --shell /usr/sbin/nologin glosstream && \
    install -d -o 10001 -g 10001 -m 0750 /var/lib/glosstream
COPY --from=unpacked /opt/glosstream /opt/glosstream
COPY --from=cuda /cudart /opt/cudart
# Where libtorch lies, so that DJL neither unpacks nor looks elsewhere.
ENV PYTORCH_LIBRARY_PATH=/opt/glosstream/natives \
    PYTORCH_FLAVOR=${ENGINE} \
    DJL_CACHE_DIR=/tmp/djl \
    # Weights and batches lie in native memory: the heap leaves them more than half of the container's limit.
    GLOSSTREAM_JAVA_OPTS="-XX:MaxRAMPercentage=40 -XX:+ExitOnOutOfMemoryError -Djna.library.path=/opt/cudart" \
    GLOSSTREAM_STATE_DIR=/var/lib/glosstream \
    GLOSSTREAM_HTTP_HOST=0.0.0.0 \
    PATH=/opt/glosstream:$PATH
WORKDIR /opt/glosstream
USER 10001:10001
VOLUME /var/lib/glosstream
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 CMD ["/opt/glosstream/health", "ready"]
# The launcher becomes Java, so SIGTERM reaches it: the window's transaction is finished, then it ends with 143.
ENTRYPOINT ["/opt/glosstream/glosstream"]
CMD ["run"]
