using System.Diagnostics.CodeAnalysis;

namespace OnboardingPortal.Core.Kernel;

/// <summary>What an operation gives back when a person can cause it to be refused: a value, or the refusal.</summary>
/// <typeparam name="T">The value of a success.</typeparam>
public sealed class Result<T>
{
    private readonly T? _value;

    private Result(T? value, PortalError? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Whether <see cref="Value"/> can be read; otherwise <see cref="Error"/> is set.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The refusal; null on success.</summary>
    public PortalError? Error { get; }

    /// <summary>The value of a success.</summary>
    /// <exception cref="InvalidOperationException">The operation was refused.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"Refused: {Error.GetType().Name}");

    /// <summary>Wraps a success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Result<T>(PortalError error) => new(default, error);
}
