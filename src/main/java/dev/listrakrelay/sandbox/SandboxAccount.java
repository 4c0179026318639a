package dev.listrakrelay.sandbox;

/** Holds the credentials and ids of the sandbox's only account. The real Listrak accepts none of them. */
public final class SandboxAccount {

    public static final String CLIENT_ID = "sandbox";
    public static final String CLIENT_SECRET = "sandbox";
    public static final int COMPANY_ID = 12345;
    public static final String EVENT_UID = "11111111-2222-4333-8444-555555555555";

    private SandboxAccount() {}
}
