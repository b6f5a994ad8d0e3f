using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.JSInterop;

namespace OnboardingPortal.App.Shared;

/// <summary>
/// Keeps what was typed into forms and not saved in the browser's tab: it outlives a lost connection, an evicted circuit, a restarted
/// server and a page loaded again. Never for passwords or keys.
/// </summary>
public sealed class Drafts(IJSRuntime script)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private static readonly JsonSerializerOptions Lenient = new() { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <summary>What was kept; null when nothing was, or what was does not fit the form any more.</summary>
    /// <typeparam name="T">A class whose texts and numbers have the names of the form's fields.</typeparam>
    public Task<T?> RecallAsync<T>(string name, CancellationToken cancellationToken)
        where T : class => RecallAsync(name, Activator.CreateInstance<T>(), cancellationToken);

    /// <inheritdoc cref="RecallAsync{T}(string, CancellationToken)" />
    /// <param name="name">Of the form.</param>
    /// <param name="start">What the form starts with: a field that was only being typed into was kept without the others.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<T?> RecallAsync<T>(string name, T start, CancellationToken cancellationToken)
        where T : class
    {
        if (await ReadAsync(name, cancellationToken) is not { } kept || kept is { Model: null, Typed.Count: 0 }) return null;
        var draft = kept.Model is null ? JsonSerializer.SerializeToNode(start)!.AsObject() : Read<JsonObject>(JsonNode.Parse(kept.Model));
        foreach (var (field, typed) in kept.Typed)
        {
            if (draft is null) break;
            var before = draft[field]?.DeepClone();
            draft[field] = typed; // newer: the field was not left yet
            if (Read<T>(draft) is null) draft[field] = before; // half a number
        }

        var recalled = Read<T>(draft);
        if (recalled is null) await ForgetAsync(name, cancellationToken);
        return recalled;
    }

    public ValueTask KeepAsync<T>(string name, T draft, CancellationToken cancellationToken) =>
        script.InvokeVoidAsync("portal.keep", cancellationToken, name, JsonSerializer.Serialize(draft));

    public ValueTask ForgetAsync(string name, CancellationToken cancellationToken) =>
        script.InvokeVoidAsync("portal.forget", cancellationToken, name);

    // As a stream: what a browser says in one piece may have 32 KB.
    private async Task<KeptDraft?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var kept = await script.InvokeAsync<IJSStreamReference?>("portal.recall", cancellationToken, name);
            if (kept is null) return null;
            await using var content = await kept.OpenReadStreamAsync(MaxBytes, cancellationToken);
            return await JsonSerializer.DeserializeAsync<KeptDraft>(content, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (JSDisconnectedException)
        {
            return null; // the person has left meanwhile
        }
    }

    private static T? Read<T>(JsonNode? node)
        where T : class
    {
        try
        {
            return node.Deserialize<T>(Lenient);
        }
        catch (JsonException)
        {
            return null; // kept by another version of the form
        }
    }

    private sealed record KeptDraft(string? Model, Dictionary<string, string> Typed);
}
