using System.Text;
using OnboardingPortal.Core;
using OnboardingPortal.Core.Bulk;

namespace OnboardingPortal.Tests.Core.Bulk;

/// <summary>Files as spreadsheets and people make them.</summary>
public sealed class BulkReaderTests
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Umlauts) },
        { "UTF-8 with its mark", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Umlauts)] },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Umlauts)] },
        { "UTF-16, the other way round", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Umlauts)] },
        { "Windows-1252", Windows1252.GetBytes(Umlauts) },
    };

    private static string Umlauts => "Empfänger;Nachricht\r\nbäcker@example.com;Grüße, 5 €\r\n";

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Umlauts_are_read_in_every_encoding_that_spreadsheets_save(string encoding, byte[] content)
    {
        var row = Assert.Single(Value(BulkReader.Read(content)).Rows);

        Assert.Equal(("bäcker@example.com", "Grüße, 5 €"), (row.Of(BulkColumn.Recipients), row.Of(BulkColumn.Message)));
        Assert.True(row.Line == 2, encoding);
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void The_delimiter_is_the_headers(string delimiter)
    {
        var text = "message,recipients,language\n\"a,b;c\td\",x@example.com,de\n".Replace(",", delimiter, StringComparison.Ordinal);

        var row = Assert.Single(Read(text).Rows);

        Assert.Equal(("x@example.com", "de"), (row.Of(BulkColumn.Recipients), row.Of(BulkColumn.Language)));
    }

    [Fact]
    public void The_delimiter_that_Excel_names_in_a_line_of_its_own_counts()
    {
        var row = Assert.Single(Read("sep=;\r\nrecipients;message\r\nx@example.com;a, b\r\n").Rows);

        Assert.Equal((3, "a, b"), (row.Line, row.Of(BulkColumn.Message)));
    }

    [Fact]
    public void Quotes_hold_delimiters_line_breaks_and_quotes_and_lines_are_counted_as_an_editor_does()
    {
        var file = Read("recipients,message\r\na@example.com,\"first\r\nsecond, with \"\"quotes\"\"\"\r\n\r\nb@example.com,last");

        Assert.Equal([(2, "first\r\nsecond, with \"quotes\""), (5, "last")], file.Rows.Select(r => (r.Line, r.Of(BulkColumn.Message))));
    }

    [Theory]
    [InlineData("recipients,services,message,language,business manager,template")]
    [InlineData("Template,BUSINESS MANAGER,Language,Message,Services,E-Mail")]
    [InlineData("Vorlage;Business-Manager;Sprache;Nachricht;Dienste;Empfänger")]
    [InlineData("E-Mail-Adressen\tPlattformen\tnachricht\tsprache\tbusiness_manager\tvorlage")]
    public void Columns_are_known_by_English_and_German_names_in_any_order_and_case(string header)
    {
        var delimiter = header.First(c => c is ',' or ';' or '\t');
        var file = Read($"{header}\n{string.Join(delimiter, header.Split(delimiter).Select(_ => "x"))}\n");

        Assert.Empty(file.Ignored);
        Assert.All(Enum.GetValues<BulkColumn>(), column => Assert.Equal("x", file.Rows[0].Of(column)));
    }

    [Fact]
    public void Unknown_columns_are_named_and_ignored()
    {
        var file = Read("phone,recipients,\"Their\nname\",,\n1,a@example.com,The baker,left over,\n");

        Assert.Equal(["phone", "Their name", "#4"], file.Ignored);
        Assert.Equal("a@example.com", file.Rows[0].Of(BulkColumn.Recipients));
    }

    [Fact]
    public void Cells_beyond_the_header_and_text_behind_a_quote_are_told_of_and_rows_of_nothing_are_not()
    {
        var file = Read("recipients,message\na@example.com,one,two\n,\n\"b@example.com\"x,\nc@example.com\n");

        Assert.Equal([(2, 3, false), (4, 0, true), (5, 0, false)], file.Rows.Select(r => (r.Line, r.Surplus, r.IsTorn)));
        Assert.Equal("", file.Rows[2].Of(BulkColumn.Message));
    }

    [Fact]
    public void A_stray_quote_is_part_of_the_text() =>
        Assert.Equal("He said \"hi\"", Read("recipients,message\na@example.com,He said \"hi\"\n").Rows[0].Of(BulkColumn.Message));

    [Fact]
    public void A_quote_that_is_never_closed_is_named_by_its_line() =>
        Assert.Equal(new BulkQuoteOpen(3), Refused("recipients,message\na@example.com,x\nb@example.com,\"open\nc@example.com,y\n"));

    [Fact]
    public void Old_line_ends_are_line_ends() => Assert.Equal([2, 3], Read("recipients\ra@example.com\rb@example.com\r").Rows.Select(r => r.Line));

    [Fact]
    public void A_file_of_five_thousand_rows_is_read_and_one_more_is_refused_with_how_to_split()
    {
        var rows = string.Concat(Enumerable.Range(0, BulkImport.MostRows).Select(i => $"a{i}@example.com\n"));

        Assert.Equal(BulkImport.MostRows, Read($"recipients\n{rows}").Rows.Count);
        Assert.Equal([5001, 5000, 2], Refused($"recipients\n{rows}more@example.com\n").Arguments);
    }

    [Theory]
    [InlineData("", typeof(BulkFileEmpty))]
    [InlineData(" \r\n\r\n", typeof(BulkFileEmpty))]
    [InlineData("recipients;message\r\n", typeof(BulkFileHasNoRows))]
    [InlineData("recipients;message\r\n;\r\n", typeof(BulkFileHasNoRows))]
    [InlineData("a@example.com\r\nb@example.com\r\n", typeof(BulkRecipientsMissing))]
    [InlineData("recipients,E-Mail\r\na@example.com,b@example.com\r\n", typeof(BulkColumnTwice))]
    [InlineData("recipients\r\na@example.com\0\r\n", typeof(BulkFileNotText))]
    [InlineData("PK\u0003\u0004 what Excel saves", typeof(BulkFileIsWorkbook))]
    [InlineData("%PDF-1.7", typeof(BulkFileIsWorkbook))]
    public void What_is_no_list_is_refused_with_a_reason_of_its_own(string content, Type refusal) => Assert.IsType(refusal, Refused(content));

    [Fact]
    public void A_first_line_of_a_million_names_is_refused_by_their_number() =>
        Assert.Equal(new BulkTooManyColumns(1_000_001), Refused($"recipients{string.Concat(Enumerable.Repeat(",x", 1_000_000))}\r\na@bakery.example\r\n"));

    [Fact]
    public void An_old_workbook_and_UTF16_without_its_mark_are_refused()
    {
        Assert.IsType<BulkFileIsWorkbook>(BulkReader.Read(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }).Error);
        Assert.IsType<BulkFileNotText>(BulkReader.Read(Encoding.Unicode.GetBytes(Umlauts)).Error);
        Assert.IsType<BulkFileNotText>(BulkReader.Read(new byte[] { 0xEF, 0xBB, 0xBF, 0xFF, 0x41 }).Error);
    }

    [Fact]
    public async Task A_file_of_fifty_megabytes_is_refused_when_a_tenth_of_it_is_read()
    {
        await using var huge = new CountingStream(50L * 1024 * 1024);

        var refused = await BulkReader.ReadAsync(huge, Cancel);

        Assert.Equal([5], Assert.IsType<BulkFileTooLarge>(refused.Error).Arguments);
        Assert.InRange(huge.Given, BulkReader.MostBytes, BulkReader.MostBytes + (128 * 1024));
    }

    [Fact]
    public async Task A_file_of_just_the_limit_is_read()
    {
        var content = Encoding.UTF8.GetBytes("recipients,x\na@example.com,".PadRight(BulkReader.MostBytes, 'x'));

        Assert.Single(Value(await BulkReader.ReadAsync(new MemoryStream(content), Cancel)).Rows);
    }

    private static BulkFile Read(string text) => Value(BulkReader.Read(Encoding.UTF8.GetBytes(text)));

    private static PortalError Refused(string text) => BulkReader.Read(Encoding.UTF8.GetBytes(text)).Error ?? throw new InvalidOperationException("It was read.");

    private static BulkFile Value(Result<BulkFile> read)
    {
        Assert.True(read.Succeeded, $"Refused: {read.Error}");
        return read.Value;
    }

    /// <summary>Gives as many bytes as wanted and counts them.</summary>
    private sealed class CountingStream(long length) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => Given;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, length - Given);
            buffer.AsSpan(offset, given).Fill((byte)'a');
            Given += given;
            return given;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
