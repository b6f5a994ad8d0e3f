using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LogosAndMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "GermanMessage",
                table: "requests",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "MailLogo",
                table: "brandings",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "MailLogoHash",
                table: "brandings",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MailLogoHeight",
                table: "brandings",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MailLogoType",
                table: "brandings",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MailLogoWidth",
                table: "brandings",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GermanDefaultMessage",
                table: "agencies",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "unmatched_events",
                columns: table => new
                {
                    Day = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_unmatched_events", x => x.Day);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "unmatched_events");

            migrationBuilder.DropColumn(
                name: "GermanMessage",
                table: "requests");

            migrationBuilder.DropColumn(
                name: "MailLogo",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "MailLogoHash",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "MailLogoHeight",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "MailLogoType",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "MailLogoWidth",
                table: "brandings");

            migrationBuilder.DropColumn(
                name: "GermanDefaultMessage",
                table: "agencies");
        }
    }
}
