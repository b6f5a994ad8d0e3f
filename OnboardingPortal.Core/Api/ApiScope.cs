using System.Text.Json.Serialization;

namespace OnboardingPortal.Core.Api;

/// <summary>What a key may do. Stored by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiScope>))] // reads the numbers of before, too
public enum ApiScope
{
    /// <summary>List and read requests.</summary>
    ReadRequests,

    /// <summary>Create, send, resend and delete requests.</summary>
    WriteRequests,

    /// <summary>List connected accounts and assets.</summary>
    ReadConnections,

    /// <summary>List and read data syncs.</summary>
    ReadSyncs,

    /// <summary>Start runs of data syncs.</summary>
    RunSyncs,
}
