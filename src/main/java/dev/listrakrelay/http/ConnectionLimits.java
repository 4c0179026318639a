package dev.listrakrelay.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.annotations.RegisterResources;

/** Gives each connection to a port of ours its {@link HeadTimeLimit}; Netty finds it by its service's name. */
@RegisterForReflection
@RegisterResources(globs = "META-INF/services/io.netty.bootstrap.ChannelInitializerExtension")
public final class ConnectionLimits extends ChannelInitializerExtension {

    /** Has Netty look for it; before anything of Netty is used. */
    public static void enable() {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new HeadTimeLimit());
    }
}
