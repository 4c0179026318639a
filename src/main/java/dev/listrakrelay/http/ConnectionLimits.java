package dev.listrakrelay.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.annotations.RegisterResources;

/** Adds a {@link HeadTimeLimit} to each connection to the relay's ports. Netty loads this class as a service. */
@RegisterForReflection
@RegisterResources(globs = "META-INF/services/io.netty.bootstrap.ChannelInitializerExtension")
public final class ConnectionLimits extends ChannelInitializerExtension {

    /** Makes Netty load this class. Call it before any class of Netty is used. */
    public static void enable() {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new HeadTimeLimit());
    }
}
