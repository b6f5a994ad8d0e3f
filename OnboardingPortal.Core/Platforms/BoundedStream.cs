namespace OnboardingPortal.Core.Platforms;

/// <summary>An answer's body, of which no more is read than was bargained for.</summary>
/// <param name="body">The body; closed with this one.</param>
/// <param name="longest">The most bytes.</param>
internal sealed class BoundedStream(Stream body, long longest) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    /// <exception cref="HttpRequestException">There is more: <see cref="HttpRequestError.ConfigurationLimitExceeded"/>.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await body.ReadAsync(buffer, cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) body.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= longest
            ? read
            : throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"The answer is longer than {longest} bytes.");
    }
}
