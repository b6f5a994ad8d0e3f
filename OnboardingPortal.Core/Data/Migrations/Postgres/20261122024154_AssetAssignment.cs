using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AssetAssignment : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AssignedAt",
                table: "assets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AssignmentFailure",
                table: "assets",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MissingTasks",
                table: "assets",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Way",
                table: "assets",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "NextCheckAt",
                table: "agency_facebook_users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_agency_facebook_users_NextCheckAt",
                table: "agency_facebook_users",
                column: "NextCheckAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_agency_facebook_users_NextCheckAt",
                table: "agency_facebook_users");

            migrationBuilder.DropColumn(
                name: "AssignedAt",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "AssignmentFailure",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "MissingTasks",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "Way",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "NextCheckAt",
                table: "agency_facebook_users");
        }
    }
}
