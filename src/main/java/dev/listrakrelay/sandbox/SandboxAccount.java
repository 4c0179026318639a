package dev.listrakrelay.sandbox;

/** The one account the sandbox Listrak knows; none of these values means anything to the real one. */
public final class SandboxAccount {

    public static final String CLIENT_ID = "sandbox";
    public static final String CLIENT_SECRET = "sandbox";
    public static final int COMPANY_ID = 12345;
    public static final String EVENT_UID = "11111111-2222-4333-8444-555555555555";

    private SandboxAccount() {}
}
