namespace OnboardingPortal.Bench.Circuits;

/// <summary>A call of the server into the page.</summary>
/// <param name="Target">Such as <c>JS.RenderBatch</c>.</param>
internal sealed record HubInvocation(string Target, IReadOnlyList<object?> Arguments)
{
    public T Argument<T>(int index) => (T)Arguments[index]!;
}
