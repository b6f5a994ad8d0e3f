namespace OnboardingPortal.Core.DataSync;

/// <summary>No such sync, or one that the caller does not see.</summary>
public sealed record SyncNotFound : PortalError;

/// <summary>The list and the ad account are not of one client, or the caller does not see one of them.</summary>
public sealed record SyncPairRefused : PortalError;

/// <summary>Another sync writes to the audience already.</summary>
public sealed record SyncAudienceTaken : PortalError;

/// <summary>Nothing is sent before a plan was made.</summary>
public sealed record SyncNeedsPlan : PortalError;

/// <summary>No run is under way.</summary>
public sealed record SyncNotRunning : PortalError;

/// <summary>A run is under way, and what was asked for must wait for its end.</summary>
public sealed record SyncRuns : PortalError;
