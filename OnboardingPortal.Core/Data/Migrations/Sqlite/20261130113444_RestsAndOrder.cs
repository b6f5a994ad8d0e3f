using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RestsAndOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand: EF would copy the whole table, outside of the transaction.
            migrationBuilder.Sql("""ALTER TABLE "email_messages" DROP COLUMN "GiveUpAfter";""");

            migrationBuilder.AddColumn<int>(
                name: "Position",
                table: "request_platforms",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Failures",
                table: "email_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsTroubleOfSending",
                table: "email_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "resting_items",
                columns: table => new
                {
                    Round = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Item = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    AgencyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RestsUntil = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resting_items", x => new { x.Round, x.Item });
                });

            migrationBuilder.CreateIndex(
                name: "IX_user_sessions_AgencyId_UserId_SeenAt",
                table: "user_sessions",
                columns: new[] { "AgencyId", "UserId", "SeenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_email_messages_Kind_To_QueuedAt",
                table: "email_messages",
                columns: new[] { "Kind", "To", "QueuedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_connect_attempts_RequestId_Id",
                table: "connect_attempts",
                columns: new[] { "RequestId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_resting_items_AgencyId_Failures",
                table: "resting_items",
                columns: new[] { "AgencyId", "Failures" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "resting_items");

            migrationBuilder.DropIndex(
                name: "IX_user_sessions_AgencyId_UserId_SeenAt",
                table: "user_sessions");

            migrationBuilder.DropIndex(
                name: "IX_email_messages_Kind_To_QueuedAt",
                table: "email_messages");

            migrationBuilder.DropIndex(
                name: "IX_connect_attempts_RequestId_Id",
                table: "connect_attempts");

            migrationBuilder.DropColumn(
                name: "Position",
                table: "request_platforms");

            migrationBuilder.DropColumn(
                name: "Failures",
                table: "email_messages");

            migrationBuilder.DropColumn(
                name: "IsTroubleOfSending",
                table: "email_messages");

            migrationBuilder.AddColumn<int>(
                name: "GiveUpAfter",
                table: "email_messages",
                type: "INTEGER",
                nullable: false,
                defaultValue: 8);
        }
    }
}
