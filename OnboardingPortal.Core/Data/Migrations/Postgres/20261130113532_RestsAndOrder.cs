using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RestsAndOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "GiveUpAfter",
                table: "email_messages");

            migrationBuilder.AddColumn<int>(
                name: "Position",
                table: "request_platforms",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Failures",
                table: "email_messages",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "IsTroubleOfSending",
                table: "email_messages",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "resting_items",
                columns: table => new
                {
                    Round = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Item = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    AgencyId = table.Column<long>(type: "bigint", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FailedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RestsUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                type: "integer",
                nullable: false,
                defaultValue: 8);
        }
    }
}
