using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RecipientLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "LinkTokenHash",
                table: "recipients",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LinkTokenProtected",
                table: "recipients",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RecipientId",
                table: "participants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_recipients_LinkTokenHash",
                table: "recipients",
                column: "LinkTokenHash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_recipients_LinkTokenHash",
                table: "recipients");

            migrationBuilder.DropColumn(
                name: "LinkTokenHash",
                table: "recipients");

            migrationBuilder.DropColumn(
                name: "LinkTokenProtected",
                table: "recipients");

            migrationBuilder.DropColumn(
                name: "RecipientId",
                table: "participants");
        }
    }
}
