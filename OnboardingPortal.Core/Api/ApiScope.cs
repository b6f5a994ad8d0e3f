namespace OnboardingPortal.Core.Api;

/// <summary>What a key may do. Stored by name.</summary>
public enum ApiScope
{
    /// <summary>List and read requests.</summary>
    ReadRequests,

    /// <summary>Create, send, resend and delete requests.</summary>
    WriteRequests,

    /// <summary>List connected accounts and assets.</summary>
    ReadConnections,
}
