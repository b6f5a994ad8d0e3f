using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Core.Platforms.Facebook.Audiences;

/// <summary>
/// A batch as a form of two JSON values, <c>session</c> and <c>payload</c>, written piece by piece: the body, which may be several
/// megabytes, is never in memory as a whole. Its length is known before, so that it is sent unchunked.
/// </summary>
internal sealed class AudienceContent : HttpContent
{
    /// <summary>How many rows are written at a time: some ten kilobytes.</summary>
    private const int RowsAPiece = 64;

    /// <summary>How long an escaped sign is: a bracket, a comma, a quotation mark.</summary>
    private const int Escaped = 3;

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    private readonly IReadOnlyList<MatchKey> _keys;
    private readonly IReadOnlyList<AudienceRow> _rows;
    private readonly AudienceBatch? _session;
    private readonly bool _removes;

    /// <summary>A batch of a session, or of none.</summary>
    /// <param name="keys">What the hashes of the people are.</param>
    /// <param name="rows">The people.</param>
    /// <param name="session">The session that the batch is part of; null outside of one, where ids are not sent.</param>
    /// <param name="removes">Whether the people are taken out: sent as a POST that stands for a DELETE, because long ones break.</param>
    public AudienceContent(
        IReadOnlyList<MatchKey> keys, IReadOnlyList<AudienceRow> rows, AudienceBatch? session, bool removes)
    {
        _keys = keys;
        _rows = rows;
        _session = session;
        _removes = removes;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    protected override bool TryComputeLength(out long length)
    {
        // Hashes and ids need no escaping: their length is known without writing them.
        length = Pieces([]).Sum(piece => (long)piece.Length) + (Math.Max(0, _rows.Count - 1) * Escaped);
        var columns = _keys.Count + (_session is null ? 0 : 1);
        for (var i = 0; i < _rows.Count; i++)
        {
            var row = _rows[i];
            length += Escaped + (columns * (Escaped + Escaped)) + (Math.Max(0, columns - 1) * Escaped) + Escaped;
            for (var key = 0; key < _keys.Count; key++) length += row.Person.HashOf(key).IsEmpty ? 0 : AudienceRow.HashLength;
            if (_session is not null && row.Id is not null) length += AudienceRow.IdLength;
        }

        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var piece in Pieces(_rows)) await stream.WriteAsync(piece, cancellationToken);
    }

    /// <summary>The body in its order; a piece is valid until the next is asked for.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Pieces(IReadOnlyList<AudienceRow> rows)
    {
        var json = new ArrayBufferWriter<byte>();
        var form = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        if (_removes) form.Write("method=DELETE&"u8);
        if (_session is not null)
        {
            form.Write("session="u8);
            WriteSession(writer, _session);
            Encode(writer, json, form);
            form.Write("&"u8);
            writer.Reset(json);
        }

        form.Write("payload="u8);
        writer.WriteStartObject();
        writer.WriteStartArray("schema"u8);
        foreach (var key in _keys) writer.WriteStringValue(MatchKeys.NameAtFacebook(key));
        if (_session is not null) writer.WriteStringValue("EXTERN_ID"u8);
        writer.WriteEndArray();
        writer.WriteStartArray("data"u8);
        for (var i = 0; i < rows.Count; i++)
        {
            WriteRow(writer, rows[i]);
            if ((i + 1) % RowsAPiece > 0) continue;
            Encode(writer, json, form);
            yield return form.WrittenMemory;
            form.ResetWrittenCount();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        Encode(writer, json, form);
        yield return form.WrittenMemory;
    }

    private void WriteRow(Utf8JsonWriter writer, AudienceRow row)
    {
        Span<char> value = stackalloc char[AudienceRow.HashLength];
        writer.WriteStartArray();
        for (var key = 0; key < _keys.Count; key++) writer.WriteStringValue(row.WriteHash(key, value));
        if (_session is not null) writer.WriteStringValue(row.WriteId(value));
        writer.WriteEndArray();
    }

    private static void WriteSession(Utf8JsonWriter writer, AudienceBatch batch)
    {
        writer.WriteStartObject();
        writer.WriteNumber("session_id"u8, batch.Session);
        writer.WriteNumber("batch_seq"u8, batch.Sequence);
        writer.WriteBoolean("last_batch_flag"u8, batch.IsLast);
        writer.WriteNumber("estimated_num_total"u8, batch.Total);
        writer.WriteEndObject();
    }

    /// <summary>Moves what was written as JSON into the form.</summary>
    private static void Encode(Utf8JsonWriter writer, ArrayBufferWriter<byte> json, ArrayBufferWriter<byte> form)
    {
        writer.Flush();
        var rest = json.WrittenSpan;
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOfAnyExcept(Plain);
            if (plain != 0) form.Write(plain < 0 ? rest : rest[..plain]);
            if (plain < 0) break;
            var escape = form.GetSpan(3);
            escape[0] = (byte)'%';
            Convert.TryToHexString(rest.Slice(plain, 1), escape[1..3], out _);
            form.Advance(3);
            rest = rest[(plain + 1)..];
        }

        json.ResetWrittenCount();
    }
}
